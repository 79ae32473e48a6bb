#include "zones/zone_grid.h"

#include "geometry/cell_list.h"

namespace mmgym {

ZoneGrid::ZoneGrid(std::span<const Eigen::Vector3d> atoms_A, double spacing_A)
    : axes_(principal_axes(atoms_A)), spacing_A_(spacing_A) {
  Eigen::Array3d low = Eigen::Array3d::Zero();
  Eigen::Array3d high = Eigen::Array3d::Zero();
  for (const auto& atom_A : atoms_A) {
    const Eigen::Array3d from_mean = (axes_.axes * (atom_A - axes_.mean)).array();
    low = low.min(from_mean);
    high = high.max(from_mean);
  }
  const auto steps = [spacing_A](const Eigen::Array3d& extent) -> Eigen::Array3i {
    return ((extent - spacing_A / 2) / spacing_A).ceil().max(0).unaryExpr(&clamped_int);
  };
  box_ = {-steps(-low), steps(high)};
}

std::uint64_t ZoneGrid::point_count() const {
  std::uint64_t count = 1;
  for (int axis = 0; axis < 3; ++axis)
    count *= static_cast<std::uint64_t>(box_.last[axis]) -
             static_cast<std::uint64_t>(box_.first[axis]) + 1;
  return count;
}

std::vector<LatticeBox> ZoneGrid::boxes_around(
    const std::vector<DensityMap::Region>& regions) const {
  std::vector<LatticeBox> boxes;
  boxes.reserve(regions.size());
  for (const auto& region : regions) {
    const Eigen::Vector3d center_A = (region.low_A + region.high_A) / 2;
    const Eigen::Vector3d half_A = (region.high_A - region.low_A) / 2;
    const Eigen::Array3d center = (axes_.axes * (center_A - axes_.mean)).array() / spacing_A_;
    const Eigen::Array3d half = (axes_.axes.cwiseAbs() * half_A).array() / spacing_A_;
    const Eigen::Vector3i first = (center - half).ceil().unaryExpr(&clamped_int);
    const Eigen::Vector3i last = (center + half).floor().unaryExpr(&clamped_int);
    boxes.push_back({first.cwiseMax(box_.first), last.cwiseMin(box_.last)});
  }
  return boxes;
}

}  // namespace mmgym
