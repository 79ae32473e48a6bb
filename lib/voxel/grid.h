#pragma once

#include <Eigen/Core>
#include <cstddef>

namespace mmgym {

/// A cube of L³ cubic voxels, with edges parallel to the axes of the view.
///
/// An image on the grid is in C order (C, L, L, L): channel, x, y, z, z fastest. Voxel (i, j, k) is
/// the half-open box from low_corner_A() + (i, j, k) h to low_corner_A() + (i + 1, j + 1, k + 1) h,
/// with h = resolution_A. For an even L the center is a corner of voxels; for an odd L it is the
/// center of a voxel.
struct Grid {
  int length_voxels = 0;  ///< L, from 1 to kMaxLength
  double resolution_A = 0;
  Eigen::Vector3d center_A = Eigen::Vector3d::Zero();

  static constexpr int kMaxLength = 1024;

  double edge_A() const { return length_voxels * resolution_A; }

  Eigen::Vector3d low_corner_A() const { return center_A.array() - 0.5 * edge_A(); }

  Eigen::Vector3d voxel_center_A(int i, int j, int k) const {
    return low_corner_A() + resolution_A * (Eigen::Vector3d(i, j, k).array() + 0.5).matrix();
  }

  /// Returns the number of voxels of one channel, L³.
  std::size_t voxels() const {
    const auto n = static_cast<std::size_t>(length_voxels);
    return n * n * n;
  }

  /// Returns the offset of voxel (i, j, k) of a channel in the image.
  std::size_t offset(int channel, int i, int j, int k) const {
    const auto n = static_cast<std::size_t>(length_voxels);
    return ((static_cast<std::size_t>(channel) * n + static_cast<std::size_t>(i)) * n +
            static_cast<std::size_t>(j)) *
               n +
           static_cast<std::size_t>(k);
  }
};

}  // namespace mmgym
