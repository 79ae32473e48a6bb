#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "voxel/images.h"

namespace mmgym {

/// The nonzero voxels of an image, in order. Most voxels are 0.
class NonzeroVoxels {
 public:
  /// Finds the nonzero voxels of `image` and replaces the previous ones. Reuses memory. The result
  /// is the same on every machine. Throws std::length_error above 2^32 - 1 voxels.
  void find(std::span<const float> image);
  /// The same for Images::voxels(). Does not look at channels without atoms.
  void find(const Images& images);
  /// The same, and erases the images. Takes less time than to erase them afterwards.
  void take(Images& images);

  std::size_t size() const { return size_; }
  /// Returns their offsets in the image, ascending.
  std::span<const std::uint32_t> indices() const { return {indices_.get(), size_}; }
  std::span<const float> values() const { return {values_.get(), size_}; }

 private:
  void reserve(std::size_t voxels);

  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  // Not vectors, which would zero memory that is overwritten or never used.
  std::unique_ptr<std::uint32_t[]> indices_;
  std::unique_ptr<float[]> values_;
};

}  // namespace mmgym
