#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace mmgym {

/// Scratch memory for drawing a ball of any size to a grid with an edge of L voxels: values for the
/// L + 1 planes along each axis, and for each pair and triple of planes. Rows of planes are padded
/// by one vector.
struct BallScratch {
  static constexpr std::size_t kRowPadding = 8;

  explicit BallScratch(int length_voxels)
      : stride(static_cast<std::size_t>(length_voxels) + 1 + kRowPadding) {
    for (auto& axis : axes)
      for (auto* row :
           {&axis.a, &axis.k, &axis.rho, &axis.sign, &axis.octant, &axis.nearest2, &axis.farthest2})
        row->resize(stride);
    for (auto* table : {&half_edge_xy, &half_edge_xz, &half_edge_yz, &layers[0], &layers[1]})
      table->resize(stride * stride);
  }

  /// Planes at offsets from the ball's center, in radii. Voxel i is between planes i and i + 1.
  struct Axis {
    std::vector<double> a;          ///< |offset|, at most 1
    std::vector<double> k, rho;     ///< see Plane
    std::vector<double> sign;       ///< of the offset
    std::vector<double> octant;     ///< π/18 - C(a)/4: a plane's share of B outside the ball
    std::vector<double> nearest2;   ///< squared least distance from the center to voxel i
    std::vector<double> farthest2;  ///< squared greatest distance, both along the axis
    std::size_t planes = 0;
    std::size_t cut_begin = 0, cut_end = 0;  ///< the planes that cut the ball, a < 1
  };

  std::size_t stride;
  std::array<Axis, 3> axes;
  std::vector<double> half_edge_xy, half_edge_xz, half_edge_yz;  ///< E/2 of pairs of planes
  std::array<std::vector<double>, 2> layers;  ///< B at the vertices in planes i and i + 1 of x
};

}  // namespace mmgym
