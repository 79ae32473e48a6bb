#pragma once

#include <Eigen/Geometry>

namespace mmgym {

/// A rigid transform between coordinate frames. A variable frame_xy transforms coordinates from
/// frame x to frame y: r_y = frame_xy * r_x. Lengths are in angstrom.
using Frame = Eigen::Isometry3d;

/// Returns the frame with its origin at `origin_x` and the columns of `rotation_yx` as its axes,
/// both in the coordinates of frame x.
Frame make_frame(const Eigen::Vector3d& origin_x,
                 const Eigen::Matrix3d& rotation_yx = Eigen::Matrix3d::Identity());

/// Returns the origin of frame y in the coordinates of frame x.
Eigen::Vector3d frame_origin(const Frame& frame_xy);

}  // namespace mmgym
