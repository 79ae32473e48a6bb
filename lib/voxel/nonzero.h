#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace mmgym {

/// The voxels of an image that are not 0, in order: most are.
class NonzeroVoxels {
 public:
  /// Finds those of `image`, which takes the place of what was found before. Memory is kept. The
  /// same result on every machine. Throws std::length_error above 2^32 - 1 voxels.
  void find(std::span<const float> image);

  std::size_t size() const { return size_; }
  /// Their places in the image, ascending.
  std::span<const std::uint32_t> indices() const { return {indices_.get(), size_}; }
  std::span<const float> values() const { return {values_.get(), size_}; }

 private:
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  // Not vectors: these would set memory to 0 that is about to be written, or never used.
  std::unique_ptr<std::uint32_t[]> indices_;
  std::unique_ptr<float[]> values_;
};

}  // namespace mmgym
