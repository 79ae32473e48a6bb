#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/object_pool.h"
#include "sampling/sample.h"
#include "sampling/sample_maker.h"
#include "sampling/sample_parameters.h"

namespace mmgym {

/// What samples are made from.
struct SampleSource {
  std::filesystem::path database;
  SampleParameters parameters;
  std::string split;  // see resolve_split
  /// Only zones whose mean difficulty in the curriculum is below this.
  std::optional<double> max_difficulty = {};
  int threads = 1;  // that make samples at the same time
  std::size_t tile_cache_bytes = kDefaultTileCacheBytes;
};

/// All samples of a database with the same parameters. Sample i depends only on the source and i.
class SampleSet {
 public:
  /// Throws what GymReader, choose_zones, check_image_memory and SampleMaker throw.
  explicit SampleSet(const SampleSource& source);

  /// The number of zones, which is the number of samples in an epoch.
  std::uint64_t zones() const { return zones_.size(); }

  int channels() const { return channels_; }

  const std::filesystem::path& database() const { return source_.database; }

  /// The split, or an empty text for every zone.
  const std::string& split() const { return source_.split; }

  const SampleParameters& parameters() const { return source_.parameters; }

  /// The JSON text of the database's id.
  const std::string& database_id() const { return database_id_; }

  /// Makes sample `index`. Thread-safe. Throws what SampleMaker::make throws. The memory of the
  /// sample is reused when the last pointer to it is gone.
  std::shared_ptr<Sample> make(std::uint64_t index);

 private:
  SampleSource source_;
  GymReader reader_;
  std::vector<std::int64_t> zones_;
  ObjectPool<SampleMaker> makers_;
  ObjectPool<Sample> samples_;
  int channels_;
  std::string database_id_;
};

}  // namespace mmgym
