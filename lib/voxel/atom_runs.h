#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace mmgym {

/// Spheres around the atoms 0 to 15, 16 to 31, and so on. Atoms that follow each other in a file
/// are close to each other, so an image passes over most of those that are far from it, a run at a
/// time.
class AtomRuns {
 public:
  static constexpr std::size_t kLength = 16;

  AtomRuns() = default;
  /// Coordinates of all atoms. A run with one that is not finite has an infinite sphere.
  AtomRuns(std::span<const double> x_A, std::span<const double> y_A, std::span<const double> z_A);

  std::size_t size() const { return size_; }
  /// Centers along x, y and z, and radii. Beyond size(), there are infinite spheres for vectors
  /// that read past the end.
  const float* center_A(std::size_t axis) const { return values_.data() + axis * stride_; }
  const float* radius_A() const { return values_.data() + 3 * stride_; }

  /// Loads the spheres into the processor's cache.
  void prefetch() const;

  std::size_t bytes() const { return values_.capacity() * sizeof(float); }

 private:
  std::size_t size_ = 0;
  std::size_t stride_ = 0;
  std::vector<float> values_;
};

}  // namespace mmgym
