#pragma once

#include <Eigen/Geometry>
#include <string>

namespace mmgym {

/// Greatest accepted difference of an element of M * M^T from the identity. Files round matrices;
/// 0.05 is a scale of 2.5 % or an angle of 87 degrees between two axes.
inline constexpr double kMostRotationError = 0.05;

/// Returns why a transform is not rigid, for users: "its matrix has a value that is not a number".
/// Returns an empty text if it is a rotation, within kMostRotationError, and a shift of at most
/// `most_shift_A` along each axis.
std::string why_not_rigid(const Eigen::Affine3d& transform, double most_shift_A);

}  // namespace mmgym
