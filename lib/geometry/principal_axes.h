#pragma once

#include <Eigen/Core>
#include <span>

namespace mmgym {

/// Principal axes of points.
struct PrincipalAxes {
  Eigen::Vector3d mean;
  /// Rows are unit vectors, sorted by variance, descending; `axes * r` are the coordinates of r
  /// along them. The component of largest magnitude of each axis is positive.
  Eigen::Matrix3d axes;
  /// Variance along each axis.
  Eigen::Vector3d variances;
  /// Two variances are equal (within 1e-9 of the largest), as in many symmetric assemblies. Then
  /// every basis of their common plane (or space) consists of principal axes. `axes` contains the
  /// basis nearest to the coordinate axes: the first axis is the projection of the coordinate axis
  /// closest to the plane, then of the next closest.
  bool degenerate;
};

/// Returns the principal axes of at least one point. All points have the same weight.
PrincipalAxes principal_axes(std::span<const Eigen::Vector3d> points);

}  // namespace mmgym
