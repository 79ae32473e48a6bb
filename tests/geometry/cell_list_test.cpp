#include "geometry/cell_list.h"

#include <algorithm>
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
