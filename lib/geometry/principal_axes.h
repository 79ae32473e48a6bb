#pragma once

#include <Eigen/Core>
#include <span>

namespace mmgym {

/// The principal axes of a cloud of points.
struct PrincipalAxes {
  Eigen::Vector3d mean;
  /// Rows are unit vectors, the direction of largest variance first; `axes * r` are the coordinates
  /// of r along them. Each axis points to where its component of largest magnitude is positive.
  Eigen::Matrix3d axes;
  /// Variance along each axis.
  Eigen::Vector3d variances;
  /// Two variances are equal (within one part in 10^9 of the largest), as in many symmetric
  /// assemblies. Any basis of their common plane, or space, would do; `axes` has the one that is
  /// nearest to the axes of the coordinate system, taken greedily: x, y, or z, whichever lies
  /// closest to the plane, projected onto it, then the next.
  bool degenerate;
};

/// Principal axes of at least one point. Every point has the same weight.
PrincipalAxes principal_axes(std::span<const Eigen::Vector3d> points);

}  // namespace mmgym
