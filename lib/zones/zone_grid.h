#pragma once

#include <Eigen/Core>
#include <cmath>
#include <span>

#include "geometry/principal_axes.h"

namespace mmgym {

/// Calls visit(point_A) for each point of the grid of possible zones. Along each principal axis of
/// the atoms, points lie at mean + k * spacing_A. On either side, k continues until no atom lies
/// more than half a spacing beyond the last point. There is at least one point, the mean.
template <typename Visit>
void for_each_zone_point(std::span<const Eigen::Vector3d> atoms_A, double spacing_A, Visit visit) {
  const PrincipalAxes axes = principal_axes(atoms_A);
  Eigen::Array3d low = Eigen::Array3d::Zero();
  Eigen::Array3d high = Eigen::Array3d::Zero();
  for (const auto& atom_A : atoms_A) {
    const Eigen::Array3d from_mean = (axes.axes * (atom_A - axes.mean)).array();
    low = low.min(from_mean);
    high = high.max(from_mean);
  }
  const auto steps = [spacing_A](const Eigen::Array3d& extent) -> Eigen::Array3i {
    return ((extent - spacing_A / 2) / spacing_A).ceil().max(0).cast<int>();
  };
  const Eigen::Array3i first = -steps(-low);
  const Eigen::Array3i last = steps(high);
  for (int i = first[0]; i <= last[0]; ++i)
    for (int j = first[1]; j <= last[1]; ++j)
      for (int k = first[2]; k <= last[2]; ++k)
        visit(Eigen::Vector3d(axes.mean +
                              axes.axes.transpose() * (spacing_A * Eigen::Vector3d(i, j, k))));
}

}  // namespace mmgym
