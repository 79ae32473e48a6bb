#include "geometry/rigid_transform.h"

#include <limits>

#include "catch.h"
#include "geometry/rotation.h"

using Eigen::Affine3d;
using mmgym::why_not_rigid;
using mmgym::testing::contains;

namespace {

constexpr double kMostShift_A = 1000;

Affine3d some_rotation() {
  Affine3d transform = Affine3d::Identity();
  transform.linear() = mmgym::axis_rotation(Eigen::Vector3d(1, 2, 3).normalized(), 1.1);
  transform.translation() = Eigen::Vector3d(12, -999, 0.5);
  return transform;
}

std::string reason(const Affine3d& transform) { return why_not_rigid(transform, kMostShift_A); }

/// Returns the rotation with another element of its matrix.
Affine3d with_element(int row, int column, double value) {
  Affine3d transform = some_rotation();
  transform(row, column) = value;
  return transform;
}

}  // namespace

TEST_CASE("Rotations with a shift are rigid, also if a file rounds them") {
  CHECK(reason(Affine3d::Identity()).empty());
  CHECK(reason(some_rotation()).empty());
  Affine3d rounded = some_rotation();
  rounded.linear() = (rounded.linear().array() * 100).round() / 100;
  CHECK(rounded.linear() != some_rotation().linear());
  CHECK(reason(rounded).empty());
  Affine3d scaled = some_rotation();
  scaled.linear() *= 1.02;
  CHECK(reason(scaled).empty());
}

TEST_CASE("The reason why a transform is not rigid contains the deviation") {
  Affine3d scaled = some_rotation();
  scaled.linear() *= 1.1;  // 1.1^2 = 1.21
  CHECK_THAT(reason(scaled), contains("not a rotation") && contains("by 0.21, at most 0.05"));
  scaled.linear().setZero();
  CHECK_THAT(reason(scaled), contains("by 1, at most 0.05"));
  Affine3d sheared = Affine3d::Identity();
  sheared(0, 1) = 0.1;
  CHECK_THAT(reason(sheared), contains("by 0.1, at most 0.05"));

  Affine3d mirrored = some_rotation();
  mirrored.linear().col(2) *= -1;
  CHECK_THAT(reason(mirrored), contains("mirrors (determinant -1)"));

  Affine3d shifted = some_rotation();
  shifted.translation().y() = -1001;
  CHECK_THAT(reason(shifted), contains("shift is out of range: 1001 A, at most 1000 A"));
}

TEST_CASE("Transforms with huge values or values that are not numbers are not rigid") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 4; ++column) {
      for (const double value : {kInfinity, -kInfinity, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THAT(reason(with_element(row, column, value)), contains("not a number"));
      for (const double value : {1e308, -1e308, 1e200, 1e10})
        CHECK_FALSE(reason(with_element(row, column, value)).empty());
    }
}
