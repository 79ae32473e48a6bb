#pragma once

#include <Eigen/Core>
#include <span>

#include "density/sparse_grid.h"

namespace mmgym {

/// Atoms per nm^3 around any point, smoothed over a sphere.
///
/// Occupancies are binned into cubes of `voxel_size_A` aligned to multiples of it, then convolved
/// with a sphere of `radius_A` drawn on the same grid: the smallest odd number of voxels that holds
/// it, each the fraction of the sphere inside, scaled to a sum of 1. Values between voxel centers
/// are interpolated (trilinear). Beyond the outermost centers that the sphere can reach from an
/// atom's voxel, they are 0.
class DensityMap {
 public:
  /// Requires positive sizes, finite positions, and as many occupancies as positions.
  DensityMap(std::span<const Eigen::Vector3d> positions_A, std::span<const double> occupancies,
             double radius_A, double voxel_size_A);

  /// Density at a point, in atoms per nm^3.
  double at(const Eigen::Vector3d& point_A) const;

  /// The highest density of any voxel, in atoms per nm^3; 0 without atoms.
  double max() const { return max_; }

 private:
  double voxel_size_A_;
  SparseGrid densities_;
  Eigen::Vector3i lowest_voxel_ = Eigen::Vector3i::Zero();
  Eigen::Vector3i highest_voxel_ = Eigen::Vector3i::Constant(-1);
  double max_ = 0;
};

}  // namespace mmgym
