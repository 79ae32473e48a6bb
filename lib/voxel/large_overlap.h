#pragma once

#include <Eigen/Core>

namespace mmgym {

/// Returns the ball_box_overlap_A3 of a ball whose radius is at least kLargeBall times the longest
/// edge of the box, and whose surface passes through the box. The closed form is a small difference
/// of volumes as large as the ball's, so little more than rounding errors would remain. This
/// function integrates numerically over the surface, which is almost flat in the box. Errors are
/// about 1e-12 of the box.
double large_ball_box_overlap_A3(const Eigen::Vector3d& center_A, double radius_A,
                                 const Eigen::Vector3d& lo_A, const Eigen::Vector3d& hi_A);

inline constexpr double kLargeBall = 64;

}  // namespace mmgym
