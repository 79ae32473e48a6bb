#include "geometry/rotation.h"

#include <Eigen/LU>
#include <random>

#include "catch.h"

using Eigen::Vector3d;
using mmgym::shortest_rotation;

namespace {

Vector3d random_direction(std::mt19937& random) {
  std::normal_distribution<double> normal;
  return Vector3d(normal(random), normal(random), normal(random)).normalized();
}

}  // namespace

TEST_CASE("The shortest rotation turns one direction into the other by the smallest angle") {
  std::mt19937 random(1);
  for (int i = 0; i < 10000; ++i) {
    const Vector3d from = random_direction(random);
    const Vector3d to = random_direction(random);
    const Eigen::Matrix3d rotation = shortest_rotation(from, to);

    REQUIRE((rotation * from - to).norm() < 1e-12);
    REQUIRE(rotation.determinant() == Approx(1));
    // trace = 1 + 2 cos(angle). The smallest angle is the one between the directions.
    REQUIRE((rotation.trace() - 1) / 2 == Approx(from.dot(to)).margin(1e-12));
  }
}

TEST_CASE("Parallel directions need no rotation, anti-parallel directions a half turn") {
  std::mt19937 random(2);
  for (int i = 0; i < 1000; ++i) {
    const Vector3d direction = random_direction(random);
    const Eigen::Matrix3d none = shortest_rotation(direction, direction);
    REQUIRE((none - Eigen::Matrix3d::Identity()).norm() < 1e-12);
    const Eigen::Matrix3d half_turn = shortest_rotation(direction, -direction);
    REQUIRE((half_turn * direction + direction).norm() < 1e-12);
    // A rotation, not a reflection; trace = 1 + 2 cos(angle).
    REQUIRE(half_turn.determinant() == Approx(1));
    REQUIRE(half_turn.trace() == Approx(-1));
  }
}
