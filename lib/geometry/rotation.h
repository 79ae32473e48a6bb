#pragma once

#include <Eigen/Core>

namespace mmgym {

/// Returns the rotation by `angle_rad` about `axis` (a unit vector), counter-clockwise if the axis
/// points at the viewer.
Eigen::Matrix3d axis_rotation(const Eigen::Vector3d& axis, double angle_rad);

/// Returns the rotation by the smallest angle that turns `from` into `to`, both unit vectors. If
/// they are exactly anti-parallel, returns the half turn about the axis of scipy's `align_vectors`:
/// with k the smallest component of `to`, the axis is to[k-2] at k-1 and -to[k-1] at k-2 (indices
/// modulo 3).
Eigen::Matrix3d shortest_rotation(const Eigen::Vector3d& from, const Eigen::Vector3d& to);

}  // namespace mmgym
