#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "density/density_map.h"
#include "geometry/lattice_boxes.h"
#include "geometry/principal_axes.h"

namespace mmgym {

/// The grid of possible zones. Along each principal axis of the atoms, points lie at
/// mean + k * spacing. On either side, k continues until no atom lies more than half a spacing
/// beyond the last point. There is at least one point, the mean.
class ZoneGrid {
 public:
  /// Requires at least one atom, and a spacing of which the atoms span less than 2^30.
  ZoneGrid(std::span<const Eigen::Vector3d> atoms_A, double spacing_A);

  const LatticeBox& box() const { return box_; }
  std::uint64_t point_count() const;

  Eigen::Vector3d point_A(const Eigen::Vector3i& k) const {
    return axes_.mean + axes_.axes.transpose() * (spacing_A_ * k.cast<double>());
  }

  /// Returns boxes of grid points that contain all grid points in the regions.
  std::vector<LatticeBox> boxes_around(const std::vector<DensityMap::Region>& regions) const;

 private:
  PrincipalAxes axes_;
  double spacing_A_;
  LatticeBox box_;
};

}  // namespace mmgym
