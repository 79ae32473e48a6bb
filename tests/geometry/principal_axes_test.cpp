#include "geometry/principal_axes.h"

#include <Eigen/LU>
#include <cmath>
#include <random>
#include <vector>

#include "catch.h"
#include "geometry/rotation.h"

using Eigen::Vector3d;
using mmgym::principal_axes;

TEST_CASE("Principal axes are the directions along which points are stretched") {
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  const Eigen::Matrix3d rotation = mmgym::axis_rotation(Vector3d(1, 2, 3).normalized(), 0.7);
  std::vector<Vector3d> points;
  for (int i = 0; i < 20000; ++i)
    points.push_back(rotation * Vector3d(9 * normal(random), 4 * normal(random), normal(random)) +
                     Vector3d(100, -50, 20));

  const auto result = principal_axes(points);

  CHECK_FALSE(result.degenerate);
  CHECK((result.mean - Vector3d(100, -50, 20)).norm() < 0.3);
  CHECK(result.variances[0] == Approx(81).epsilon(0.05));
  CHECK(result.variances[2] == Approx(1).epsilon(0.05));
  for (int k = 0; k < 3; ++k) {
    CHECK(std::abs(result.axes.row(k).dot(rotation.col(k))) == Approx(1).epsilon(1e-3));
    CHECK(result.axes.row(k).maxCoeff() >= -result.axes.row(k).minCoeff());
  }
}

TEST_CASE("Degenerate principal axes are nearest to the coordinate axes") {
  SECTION("in a plane") {
    // A square in the xy plane, turned by 30 degrees: variances in the plane are equal.
    std::vector<Vector3d> points;
    for (int i = 0; i < 4; ++i) {
      const double angle = (30 + 90 * i) * EIGEN_PI / 180;
      for (double z : {-1, 1}) points.emplace_back(10 * std::cos(angle), 10 * std::sin(angle), z);
    }
    const auto result = principal_axes(points);
    CHECK(result.degenerate);
    CHECK((result.axes - Eigen::Matrix3d::Identity()).norm() < 1e-9);
  }
  SECTION("in space") {
    const auto result = principal_axes(
        std::vector<Vector3d>{{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}});
    CHECK(result.degenerate);
    CHECK((result.axes - Eigen::Matrix3d::Identity()).norm() < 1e-9);
  }
  SECTION("for a single point") {
    const auto result = principal_axes(std::vector<Vector3d>{{5, 6, 7}});
    CHECK(result.mean == Vector3d(5, 6, 7));
    CHECK((result.axes - Eigen::Matrix3d::Identity()).norm() < 1e-9);
  }
  SECTION("in a plane that is oblique to all axes") {
    const Eigen::Matrix3d rotation = mmgym::axis_rotation(Vector3d(1, 1, 0).normalized(), 1.1);
    std::vector<Vector3d> points;
    for (int i = 0; i < 6; ++i) {
      const double angle = (7 + 60 * i) * EIGEN_PI / 180;
      points.push_back(rotation * Vector3d(10 * std::cos(angle), 10 * std::sin(angle), 0));
    }
    const auto result = principal_axes(points);
    CHECK(result.degenerate);
    CHECK((result.axes * result.axes.transpose() - Eigen::Matrix3d::Identity()).norm() < 1e-9);
    CHECK(std::abs(result.axes.row(2).dot(rotation.col(2))) == Approx(1));
  }
}
