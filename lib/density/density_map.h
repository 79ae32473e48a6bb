#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <vector>

#include "base/stage_timer.h"
#include "density/sparse_grid.h"

namespace mmgym {

/// Density of atoms in atoms per nm^3, smoothed over a sphere.
///
/// Occupancies are binned into cubes of `voxel_size_A`, aligned to multiples of it, then convolved
/// with a sphere of `radius_A` on the same grid (SphereKernel). Values between voxel centers are
/// interpolated (trilinear). The density is 0 beyond the outermost voxel centers that the kernel
/// reaches from an atom's voxel.
///
/// Time and memory depend on the blocks of voxels (SparseGrid) that the kernels of the atoms reach,
/// not on the distances between these.
class DensityMap {
 public:
  /// A box in the coordinates of the atoms.
  struct Region {
    Eigen::Array3d low_A;
    Eigen::Array3d high_A;
  };

  /// Maximum voxels of the blocks of a map: 2^26 (512 MiB), or this number per atom if that is
  /// more. At 2 A, atoms of molecules have about 3 each, and an atom that is alone has 110,000.
  static constexpr std::size_t kMostVoxelsPerAtom = 1000;

  /// Requires positive sizes, positions within 2^20 blocks of 0, and as many occupancies as
  /// positions. Throws InputError if the map had too many voxels.
  DensityMap(std::span<const Eigen::Vector3d> positions_A, std::span<const double> occupancies,
             double radius_A, double voxel_size_A, ThreadTimes* times = nullptr);

  /// Density at a point, in atoms per nm^3.
  double at(const Eigen::Vector3d& point_A) const;

  /// The highest density of any voxel, in atoms per nm^3; 0 without atoms.
  double max() const { return max_; }

  /// Boxes that may overlap. The density is 0 outside of all of them.
  const std::vector<Region>& regions() const { return regions_; }

 private:
  double voxel_size_A_;
  SparseGrid densities_;
  Eigen::Vector3i lowest_voxel_ = Eigen::Vector3i::Zero();
  Eigen::Vector3i highest_voxel_ = Eigen::Vector3i::Constant(-1);
  double max_ = 0;
  std::vector<Region> regions_;
};

}  // namespace mmgym
