#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace mmgym {

/// Returns a whole number as an int. Beyond +-2^30, returns the nearer end; for NaN, the lower. So
/// neighbors of a cell do not overflow.
inline int clamped_int(double value) {
  constexpr double kMost = 1 << 30;
  if (!(value >= -kMost)) return -(1 << 30);
  return static_cast<int>(std::min(value, kMost));
}

/// Returns the integer coordinates of the cube that contains a point. Cubes have the given edge and
/// are aligned to multiples of it. Coordinates are clamped as in clamped_int().
inline Eigen::Vector3i cell_of(const Eigen::Vector3d& point, double edge) {
  return (point / edge).array().floor().unaryExpr(&clamped_int);
}

/// Packs three cell coordinates into one number, 21 bits each, that sorts cells by x, then y, then
/// z. Coordinates from -2^20 to 2^20 - 1 have distinct keys.
inline std::uint64_t cell_key(const Eigen::Vector3i& cell) {
  const auto part = [](int value) {
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(value) + (1 << 20)) & 0x1fffff;
  };
  return part(cell.x()) << 42 | part(cell.y()) << 21 | part(cell.z());
}

/// Finds points within a radius, by hashing them into cubes. Memory depends on the number of
/// points, not on their extent.
class CellList {
 public:
  /// The points must outlive the list. `radius` is the maximum radius of searches.
  CellList(std::span<const Eigen::Vector3d> points, double radius)
      : points_(points), edge_(radius) {
    // Points that follow one another are often in the same cell, which is then not looked up.
    std::vector<Range*> range_of(points.size());
    std::uint64_t last_key = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const std::uint64_t key = cell_key(cell_of(points[i], edge_));
      range_of[i] = i > 0 && key == last_key ? range_of[i - 1] : &cells_[key];
      last_key = key;
      ++range_of[i]->end;
    }
    std::uint32_t begin = 0;
    for (auto& [key, range] : cells_) {
      const std::uint32_t count = range.end;
      range = {begin, begin};
      begin += count;
    }
    order_.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i)
      order_[range_of[i]->end++] = static_cast<std::uint32_t>(i);
  }

  /// Calls visit(index) for every point within `radius` of `center`.
  template <typename Visit>
  void for_each_within(const Eigen::Vector3d& center, double radius, Visit visit) const {
    any_within(center, radius, [&visit](std::uint32_t index) {
      visit(index);
      return false;
    });
  }

  /// Whether there is a point within `radius` of `center`.
  bool any_within(const Eigen::Vector3d& center, double radius) const {
    return any_within(center, radius, [](std::uint32_t) { return true; });
  }
  /// The same. Tests point `last` first, and sets it to the point that is found: fast for a series
  /// of centers that are close to each other.
  bool any_within(const Eigen::Vector3d& center, double radius, std::uint32_t& last) const {
    if (last < points_.size() && (points_[last] - center).squaredNorm() <= radius * radius)
      return true;
    return any_within(center, radius, [&last](std::uint32_t index) {
      last = index;
      return true;
    });
  }

 private:
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  /// Tests points near `center` until one passes.
  template <typename Test>
  bool any_within(const Eigen::Vector3d& center, double radius, Test test) const {
    const Eigen::Vector3i middle = cell_of(center, edge_);
    for (int x = -1; x <= 1; ++x)
      for (int y = -1; y <= 1; ++y)
        for (int z = -1; z <= 1; ++z) {
          const auto found = cells_.find(cell_key(middle + Eigen::Vector3i(x, y, z)));
          if (found == cells_.end()) continue;
          for (std::uint32_t i = found->second.begin; i < found->second.end; ++i)
            if ((points_[order_[i]] - center).squaredNorm() <= radius * radius && test(order_[i]))
              return true;
        }
    return false;
  }

  std::span<const Eigen::Vector3d> points_;
  double edge_;
  std::unordered_map<std::uint64_t, Range> cells_;
  std::vector<std::uint32_t> order_;
};

}  // namespace mmgym
