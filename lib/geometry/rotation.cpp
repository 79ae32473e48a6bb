#include "geometry/rotation.h"

#include <Eigen/Geometry>
#include <cmath>

namespace mmgym {

Eigen::Matrix3d axis_rotation(const Eigen::Vector3d& axis, double angle_rad) {
  return Eigen::AngleAxisd(angle_rad, axis).toRotationMatrix();
}

Eigen::Matrix3d shortest_rotation(const Eigen::Vector3d& from, const Eigen::Vector3d& to) {
  Eigen::Vector3d axis = from.cross(to);
  const double sine = axis.norm();
  const double angle_rad = std::atan2(sine, from.dot(to));
  if (sine == 0) {
    if (angle_rad == 0) return Eigen::Matrix3d::Identity();
    Eigen::Index k = 0;
    to.cwiseAbs().minCoeff(&k);
    axis.setZero();
    axis[(k + 2) % 3] = to[(k + 1) % 3];
    axis[(k + 1) % 3] = -to[(k + 2) % 3];
  }
  return axis_rotation(axis.normalized(), angle_rad);
}

}  // namespace mmgym
