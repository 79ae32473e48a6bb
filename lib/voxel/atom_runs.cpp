#include "voxel/atom_runs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "voxel/kernels.h"

namespace mmgym {

AtomRuns::AtomRuns(std::span<const double> x_A, std::span<const double> y_A,
                   std::span<const double> z_A)
    : size_((x_A.size() + kLength - 1) / kLength),
      stride_(size_ + kernels::kMaxLanes),
      values_(4 * stride_, 0.0F) {
  // For the roundings of positions up to 1e7 A when they are transformed.
  constexpr double kSlack_A = 1e-6;
  const std::array axes = {x_A, y_A, z_A};
  std::fill(values_.begin() + static_cast<std::ptrdiff_t>(3 * stride_), values_.end(),
            std::numeric_limits<float>::infinity());
  for (std::size_t run = 0; run < size_; ++run) {
    const std::size_t first = run * kLength;
    const std::size_t count = std::min(kLength, x_A.size() - first);
    std::array<float, 3> center_A = {};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto [low_A, high_A] = std::ranges::minmax(axes[axis].subspan(first, count));
      center_A[axis] = static_cast<float>(0.5 * (low_A + high_A));
    }
    double radius2_A2 = 0;
    for (std::size_t i = first; i < first + count && std::isfinite(radius2_A2); ++i) {
      double distance2_A2 = 0;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const double distance_A = axes[axis][i] - static_cast<double>(center_A[axis]);
        distance2_A2 += distance_A * distance_A;
      }
      // Not std::max, which can ignore NaN.
      if (!(distance2_A2 <= radius2_A2)) radius2_A2 = distance2_A2;
    }
    const auto radius_A = static_cast<float>(std::sqrt(radius2_A2) + kSlack_A);
    if (!std::isfinite(radius_A)) continue;
    for (std::size_t axis = 0; axis < 3; ++axis) values_[axis * stride_ + run] = center_A[axis];
    // Not less than the radius in double precision.
    values_[3 * stride_ + run] = std::nextafter(radius_A, std::numeric_limits<float>::infinity());
  }
}

void AtomRuns::prefetch() const {
  constexpr std::size_t kLine = 64 / sizeof(float);
  for (std::size_t i = 0; i < values_.size(); i += kLine) __builtin_prefetch(values_.data() + i);
}

}  // namespace mmgym
