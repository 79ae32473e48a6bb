#pragma once

#include <Eigen/Core>
#include <span>

#include "density/sparse_grid.h"

namespace mmgym {

/// Density of atoms in atoms per nm^3, smoothed over a sphere.
///
/// Occupancies are binned into cubes of `voxel_size_A`, aligned to multiples of it, then convolved
/// with a sphere of `radius_A` on the same grid (SphereKernel). Values between voxel centers are
/// interpolated (trilinear). The density is 0 beyond the outermost voxel centers that the kernel
/// reaches from an atom's voxel.
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
