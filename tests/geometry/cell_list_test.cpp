#include "geometry/cell_list.h"

#include <algorithm>
#include <limits>
#include <random>

#include "catch.h"

using Eigen::Vector3d;

TEST_CASE("A cell list finds the same points as brute force") {
  std::mt19937 random(4);
  std::uniform_real_distribution<double> uniform(-40, 40);
  std::vector<Vector3d> points;
  for (int i = 0; i < 3000; ++i)
    points.emplace_back(uniform(random), uniform(random), uniform(random));
  const mmgym::CellList list(points, 8);

  for (int i = 0; i < 200; ++i) {
    const Vector3d center(uniform(random), uniform(random), uniform(random));
    const double radius = 1 + i % 8;
    std::vector<std::uint32_t> expected;
    for (std::uint32_t j = 0; j < points.size(); ++j)
      if ((points[j] - center).norm() <= radius) expected.push_back(j);

    std::vector<std::uint32_t> found;
    list.for_each_within(center, radius, [&](std::uint32_t j) { found.push_back(j); });
    std::sort(found.begin(), found.end());
    REQUIRE(found == expected);
  }
}

TEST_CASE("Cells of huge coordinates are clamped") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  constexpr int kMost = 1 << 30;
  CHECK(mmgym::cell_of(Vector3d(-0.5, 7.9, 8), 8) == Eigen::Vector3i(-1, 0, 1));
  CHECK(mmgym::cell_of(Vector3d(1e308, -1e308, kInfinity), 8) ==
        Eigen::Vector3i(kMost, -kMost, kMost));
  CHECK(mmgym::cell_of(Vector3d(-kInfinity, kNaN, -3e9), 1) ==
        Eigen::Vector3i(-kMost, -kMost, -kMost));
  CHECK(mmgym::cell_of(Vector3d(1, -1, 0), 1e-308) == Eigen::Vector3i(kMost, -kMost, 0));

  const std::vector<Vector3d> points = {{1e308, 0, 0}, {kNaN, 0, 0}, {1, 2, 3}, {0, -kInfinity, 0}};
  const mmgym::CellList list(points, 8);
  CHECK(list.any_within({1, 2, 4}, 8));
  CHECK_FALSE(list.any_within({kNaN, 0, 0}, 8));
  CHECK_FALSE(list.any_within({-1e308, 0, 0}, 8));
}
