#pragma once

#include <Eigen/Core>

namespace mmgym {

/// The rotation by `angle_rad` about `axis` (a unit vector), counter-clockwise when the axis points
/// at the viewer.
Eigen::Matrix3d axis_rotation(const Eigen::Vector3d& axis, double angle_rad);

/// The rotation by the smallest angle that turns `from` into `to`, both unit vectors. When they are
/// exactly anti-parallel, it is the half turn about the axis that scipy's `align_vectors` picks:
/// with k the smallest component of `to`, the axis has to[k-2] at k-1 and -to[k-1] at k-2 (indices
/// modulo 3).
Eigen::Matrix3d shortest_rotation(const Eigen::Vector3d& from, const Eigen::Vector3d& to);

}  // namespace mmgym
