#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "encoding/sample_format.h"
#include "sampling/sample.h"
#include "sampling/sample_parameters.h"

namespace mmgym {

/// The samples of a batch, side by side. Memory is reused from batch to batch.
class Batch {
 public:
  /// Sets up `samples` samples. Their content is undefined until each has been put.
  void reset(const SampleFormat& format, const SampleParameters& parameters,
             std::size_t values_per_sample, std::size_t samples);

  /// Sets sample `i`. Several threads may put different samples at the same time.
  void put(std::size_t i, const Sample& sample);

  /// Call this when all samples have been put.
  void finish();

  std::size_t size() const { return indices.size(); }

  std::vector<std::int64_t> indices;  // of the samples
  std::vector<std::int64_t> labels;   // neighbor task only

  // With Encoding::dense: the images, sample by sample, in one of these.
  std::vector<float> images;
  std::vector<std::uint16_t> half_images;  // Dtype::float16

  // With Encoding::atoms: the atoms of all samples, as in AtomList.
  std::vector<float> xyz_A;  // 3 numbers each
  std::vector<std::uint8_t> channel;
  std::vector<float> weight;
  std::vector<std::int32_t> image;  // sample * views + view

 private:
  SampleFormat format_;
  std::int32_t views_ = 1;
  std::size_t values_per_sample_ = 0;
  std::vector<AtomList> atoms_;  // of each sample
};

}  // namespace mmgym
