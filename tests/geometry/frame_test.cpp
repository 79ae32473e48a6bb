#include "geometry/frame.h"

#include "catch.h"

using Eigen::Vector3d;
using mmgym::frame_origin;
using mmgym::make_frame;

TEST_CASE("A frame moves its origin to zero and its axes to the coordinate axes") {
  const Vector3d origin(1, 2, 3);
  const Eigen::Matrix3d quarter_turn =
      Eigen::AngleAxisd(EIGEN_PI / 2, Vector3d::UnitZ()).toRotationMatrix();
  const auto frame = make_frame(origin, quarter_turn);

  CHECK((frame * origin).norm() < 1e-12);
  CHECK((frame * (origin + Vector3d::UnitX()) - Vector3d(0, -1, 0)).norm() < 1e-12);
  CHECK((frame_origin(frame) - origin).norm() < 1e-12);
}
