#include "geometry/frame.h"

namespace mmgym {

Frame make_frame(const Eigen::Vector3d& origin_x, const Eigen::Matrix3d& rotation_yx) {
  Frame frame_xy = Frame::Identity();
  frame_xy.linear() = rotation_yx.transpose();
  frame_xy.translation() = -(rotation_yx.transpose() * origin_x);
  return frame_xy;
}

Eigen::Vector3d frame_origin(const Frame& frame_xy) {
  return -(frame_xy.linear().transpose() * frame_xy.translation());
}

}  // namespace mmgym
