#include "voxel/overlap.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "catch.h"
#include "quadrature.h"
#include "random_cases.h"

using Eigen::Vector3d;
using mmgym::ball_box_overlap_A3;
using mmgym::cap_volume;
using mmgym::corner_volume;
using mmgym::edge_volume;
using mmgym::testing::integrate_ball_in_box;
using mmgym::testing::kCases;
using mmgym::testing::kInfinity;
using mmgym::testing::RandomCases;
using std::numbers::pi;

namespace {

constexpr double kBall = 4 * pi / 3;

double ball_volume(double radius) { return kBall * radius * radius * radius; }

}  // namespace

TEST_CASE("Planes through the center halve the ball") {
  CHECK(cap_volume(0) == Approx(kBall / 2).epsilon(1e-15));
  CHECK(edge_volume(0, 0) == Approx(kBall / 4).epsilon(1e-15));
  CHECK(corner_volume(0, 0, 0) == Approx(kBall / 8).epsilon(1e-15));
}

TEST_CASE("Planes that touch or miss the ball cut off nothing or everything") {
  for (const double a : {1.0, 1.5, 1e300, kInfinity}) {
    CHECK(cap_volume(a) == Approx(0).margin(1e-15));
    CHECK(cap_volume(-a) == Approx(kBall).epsilon(1e-15));
    for (const double b : {-1.0, -0.25, 0.0, 0.25, 1.0, kInfinity}) {
      CHECK(edge_volume(a, b) == 0);
      CHECK(edge_volume(-a, b) == Approx(cap_volume(b)).margin(1e-15));
      for (const double c : {-kInfinity, -0.5, 0.0, 0.5, 1.0}) {
        CHECK(corner_volume(b, a, c) == 0);
        CHECK(corner_volume(c, b, -a) == Approx(edge_volume(b, c)).margin(1e-15));
      }
    }
  }
}

TEST_CASE("Cut volumes agree with numerical integration") {
  RandomCases random(1);
  for (int i = 0; i < kCases; ++i) {
    const double a = random.special(-1, 1), b = random.special(-1, 1), c = random.special(-1, 1);
    const double hi[3] = {2, 2, 2};
    const double cap_lo[3] = {a, -2, -2}, edge_lo[3] = {a, b, -2}, corner_lo[3] = {a, b, c};
    INFO("a = " << a << ", b = " << b << ", c = " << c);
    REQUIRE(std::abs(cap_volume(a) - integrate_ball_in_box(1, cap_lo, hi)) < 1e-8);
    REQUIRE(std::abs(edge_volume(a, b) - integrate_ball_in_box(1, edge_lo, hi)) < 1e-8);
    REQUIRE(std::abs(corner_volume(a, b, c) - integrate_ball_in_box(1, corner_lo, hi)) < 1e-8);
  }
}

TEST_CASE("The overlap of ball and box agrees with numerical integration") {
  RandomCases random(2);
  for (int i = 0; i < kCases; ++i) {
    const double radius = std::exp(random.uniform(std::log(0.01), std::log(5)));
    double lo[3], hi[3];
    Vector3d center, low, high;
    for (int axis = 0; axis < 3; ++axis) {
      center[axis] = random.special(-4, 4);
      low[axis] = center[axis] + radius * random.special(-2, 1.5);
      high[axis] = low[axis] + radius * random.uniform(0, 2.5);
      lo[axis] = low[axis] - center[axis];
      hi[axis] = high[axis] - center[axis];
    }
    const double expected = integrate_ball_in_box(radius, lo, hi);
    const double actual = ball_box_overlap_A3(center, radius, low, high);
    INFO("case " << i);
    REQUIRE(std::abs(actual - expected) < 1e-8 * ball_volume(radius));
  }
}

TEST_CASE("Boxes that tile the space around a ball contain all of it") {
  RandomCases random(3);
  for (int i = 0; i < kCases; ++i) {
    const double radius = random.uniform(0.01, 3);
    const Vector3d center(random.special(-2, 2), random.special(-2, 2), random.special(-2, 2));
    const double cut[3][4] = {{-kInfinity, random.special(-2, 0), random.special(0, 2), kInfinity},
                              {-kInfinity, random.special(-2, 0), random.special(0, 2), kInfinity},
                              {-kInfinity, random.special(-2, 0), random.special(0, 2), kInfinity}};
    double sum = 0;
    for (int x = 0; x < 3; ++x)
      for (int y = 0; y < 3; ++y)
        for (int z = 0; z < 3; ++z) {
          const double part =
              ball_box_overlap_A3(center, radius, Vector3d(cut[0][x], cut[1][y], cut[2][z]),
                                  Vector3d(cut[0][x + 1], cut[1][y + 1], cut[2][z + 1]));
          REQUIRE(part >= 0);
          sum += part;
        }
    REQUIRE(std::abs(sum - ball_volume(radius)) < 1e-13 * ball_volume(radius));
  }
}

TEST_CASE("The overlap is the box inside a ball, or the ball inside a box") {
  const Vector3d lo(1, -2, 3), hi(2, 0, 3.5), center = (lo + hi) / 2;
  CHECK(ball_box_overlap_A3(center, 100, lo, hi) == (hi - lo).prod());
  CHECK(ball_box_overlap_A3(center, 1e200, lo, hi) == (hi - lo).prod());
  CHECK(ball_box_overlap_A3(center, 0.25, lo, hi) == Approx(ball_volume(0.25)).epsilon(1e-14));
  CHECK(ball_box_overlap_A3(center, 0, lo, hi) == 0);
  CHECK(ball_box_overlap_A3(center + Vector3d(9, 0, 0), 8.5, lo, hi) == 0);
}

TEST_CASE("Overlaps of balls much larger than the box are precise") {
  RandomCases random(4);
  for (int i = 0; i < kCases; ++i) {
    // Ratios just above and below the change of method, where both methods are precise.
    const Vector3d lo(random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1));
    const Vector3d edges(random.uniform(0.1, 1), random.uniform(0.1, 1), 1);
    const Vector3d direction =
        Vector3d(random.special(-1, 1), random.special(-1, 1), random.uniform(-1, 1)).normalized();
    const double radius = random.uniform(64.001, 70);
    const Vector3d center = lo + edges / 2 + direction * (radius + random.uniform(-0.8, 0.8));
    const Vector3d hi = lo + edges;
    // The closed form: a larger box minus the rest of it.
    Vector3d wide = hi;
    wide.z() += 1;
    const double whole = ball_box_overlap_A3(center, radius, lo, wide);
    const double rest = ball_box_overlap_A3(center, radius, Vector3d(lo.x(), lo.y(), hi.z()),
                                            Vector3d(hi.x(), hi.y(), lo.z() + 2));
    INFO("case " << i);
    REQUIRE(std::abs(ball_box_overlap_A3(center, radius, lo, hi) + rest - whole) < 1e-8);
  }
}
