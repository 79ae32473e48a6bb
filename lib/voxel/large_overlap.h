#pragma once

#include <Eigen/Core>

namespace mmgym {

/// The overlap of ball_box_overlap_A3 where the ball is much larger than the box, at least
/// kLargeBall times the longest edge, and its surface passes through the box. There the closed form
/// is a small difference of volumes like the ball's, and rounding would be all that is left. The
/// surface, almost flat in the box, is integrated over numerically instead; errors are about 1e-12
/// of the box.
double large_ball_box_overlap_A3(const Eigen::Vector3d& center_A, double radius_A,
                                 const Eigen::Vector3d& lo_A, const Eigen::Vector3d& hi_A);

inline constexpr double kLargeBall = 64;

}  // namespace mmgym
