#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/ordered_work.h"
#include "base/share.h"
#include "encoding/encode_sample.h"
#include "encoding/sample_format.h"
#include "sampling/sample_order.h"
#include "sampling/sample_set.h"

namespace mmgym {

/// Version of the samples' bytes and of their order. A folder of shards is continued only by a
/// program of the same version. Raise it with every change of either.
inline constexpr int kFormatVersion = 2;

class SampleRun;

/// Which samples a run makes, and how.
struct RunOptions : SampleSource {
  SampleFormat format;
  std::uint64_t first = 0;
  std::uint64_t count = 0;   // 0: the number of zones, times `epochs`
  std::uint64_t epochs = 1;  // 0: endless
  std::uint64_t seed = 0;
  Share share;  // of the samples
  /// Called once when all settings are known to be valid, before the first sample is written.
  std::function<void(SampleRun&)> on_start = [](SampleRun&) {};
  /// Called from time to time with the number of samples done and their total.
  std::function<void(std::uint64_t, std::uint64_t)> on_progress = [](auto, auto) {};
};

/// Makes the samples of a run, at positions from 0 to count() - 1. A sample depends only on the
/// database, the parameters and its index. The index depends only on the options and the position.
class SampleRun {
 public:
  /// With `sums`, records contain sums over each channel's voxels. Throws what SampleSet and
  /// SampleEncoder throw.
  SampleRun(const RunOptions& options, bool sums);

  /// The options. The split is the result of resolve_split.
  const RunOptions& options() const { return options_; }

  /// The number of samples in this worker's share.
  std::uint64_t count() const;

  /// All samples of which the run makes some.
  SampleSet& sample_set() { return samples_; }

  /// Makes the sample at a position of this worker's share. Thread-safe.
  SampleRecord make(std::uint64_t position);

  /// Work that makes `count` samples: item i is the sample at position_of(i). The caller sets
  /// `write`. The run must outlive the work.
  OrderedWork<SampleRecord> samples(std::uint64_t count,
                                    std::function<std::uint64_t(std::uint64_t)> position_of);

  WorkLimits limits() const;

  /// The run's part of index.json: everything that the samples depend on.
  nlohmann::ordered_json description() const;

 private:
  RunOptions options_;
  SampleSet samples_;
  SampleOrder order_;
  SampleEncoder encoder_;

  std::size_t sample_bytes() const;  // of its images, as float32
};

/// The part of the description that the mean and standard deviation of a channel depend on.
nlohmann::ordered_json describe_channels(const SampleParameters& parameters);

}  // namespace mmgym
