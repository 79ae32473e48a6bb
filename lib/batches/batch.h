#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/large_array.h"
#include "sampling/sample.h"
#include "sampling/sample_parameters.h"
#include "settings/enum_names.h"

namespace mmgym {

enum class BatchDtype { float32, float16, float64 };

template <>
inline constexpr std::array<EnumName<BatchDtype>, 3> kEnumNames<BatchDtype> = {
    {{"float32", BatchDtype::float32},
     {"float16", BatchDtype::float16},
     {"float64", BatchDtype::float64}}};

/// The content of batches.
struct BatchFormat {
  bool atoms = false;  // the atoms that images are drawn from, not images
  /// Of images: float32 or float16. Of the coordinates of atoms: float32 or float64.
  BatchDtype dtype = BatchDtype::float32;
};

/// Throws UsageError if the content cannot have this type.
void check(const BatchFormat& format);

/// Sets which parts of samples are made.
void set_content(const BatchFormat& format, SampleParameters& parameters);

/// The samples of a batch, side by side. Memory is reused from batch to batch.
class Batch {
 public:
  /// Sets up `samples` samples. Their content is undefined until each has been put.
  void reset(const BatchFormat& format, const SampleParameters& parameters, int channels,
             std::size_t samples);

  /// Sets sample `i`. Several threads may put different samples at the same time.
  void put(std::size_t i, const Sample& sample);

  /// Call this when all samples have been put.
  void finish();

  std::size_t size() const { return indices.size(); }

  std::vector<std::int64_t> indices;  // of the samples
  std::vector<std::int64_t> labels;   // neighbor task only

  // The images, sample by sample.
  LargeArray<float> images;
  LargeArray<std::uint16_t> half_images;  // float16

  // With BatchFormat::atoms: the atoms of all samples, as in AtomList.
  std::vector<float> xyz_A;          // 3 numbers each
  std::vector<double> double_xyz_A;  // float64
  std::vector<std::uint8_t> channel;
  std::vector<float> weight;
  std::vector<std::int32_t> image;  // sample * views + view

 private:
  void copy_image(std::span<const float> voxels, std::span<float> place) const;

  BatchFormat format_;
  std::int32_t views_ = 1;
  std::size_t voxels_ = 0;       // of the images of a sample
  std::vector<AtomList> atoms_;  // of each sample
};

}  // namespace mmgym
