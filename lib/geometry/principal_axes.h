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
  /// assemblies. Every basis of their common plane (or space) is then a basis of principal axes.
  /// `axes` holds the basis that is nearest to the coordinate axes: the coordinate axis that lies
  /// closest to the plane is projected onto it and taken first, then the next closest.
  bool degenerate;
};

/// Principal axes of at least one point. Every point has the same weight.
PrincipalAxes principal_axes(std::span<const Eigen::Vector3d> points);

}  // namespace mmgym
