#pragma once

#include <Eigen/Geometry>

namespace mmgym {

/// A rigid transform between coordinate frames. A variable frame_xy takes coordinates in frame x to
/// frame y: r_y = frame_xy * r_x. Lengths are in angstrom.
using Frame = Eigen::Isometry3d;

/// The frame whose origin stands at `origin_x` and whose axes are the columns of `rotation_yx`,
/// both as seen from frame x.
Frame make_frame(const Eigen::Vector3d& origin_x,
                 const Eigen::Matrix3d& rotation_yx = Eigen::Matrix3d::Identity());

/// The origin of frame y in the coordinates of frame x.
Eigen::Vector3d frame_origin(const Frame& frame_xy);

}  // namespace mmgym
