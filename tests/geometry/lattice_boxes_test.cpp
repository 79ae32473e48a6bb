#include "geometry/lattice_boxes.h"

#include <array>
#include <limits>
#include <random>
#include <set>

#include "catch.h"

using Eigen::Vector3i;
using mmgym::LatticeBox;

namespace {

using Point = std::array<int, 3>;

std::vector<Point> visited(const std::vector<LatticeBox>& boxes) {
  std::vector<Point> points;
  mmgym::for_each_in_boxes(boxes, [&](const Vector3i& p) {
    points.push_back({p.x(), p.y(), p.z()});
  });
  return points;
}

}  // namespace

TEST_CASE("Each point of boxes that overlap is visited once, in order") {
  std::mt19937 random(7);
  std::uniform_int_distribution<int> corner(-9, 9);
  std::uniform_int_distribution<int> extent(-1, 4);  // -1: an empty box
  std::uniform_int_distribution<int> count(0, 12);
  for (int i = 0; i < 300; ++i) {
    std::vector<LatticeBox> boxes(static_cast<std::size_t>(count(random)));
    std::set<Point> expected;
    for (auto& box : boxes) {
      box.first = {corner(random), corner(random), corner(random)};
      box.last = box.first + Vector3i(extent(random), extent(random), extent(random));
      for (int x = box.first.x(); x <= box.last.x(); ++x)
        for (int y = box.first.y(); y <= box.last.y(); ++y)
          for (int z = box.first.z(); z <= box.last.z(); ++z) expected.insert({x, y, z});
    }
    REQUIRE(visited(boxes) == std::vector<Point>(expected.begin(), expected.end()));
  }
}

TEST_CASE("The space between distant boxes is not walked") {
  constexpr int kFar = 1 << 30;  // the walk would never end
  const Vector3i a(-kFar, kFar, -kFar);
  const Vector3i b(kFar, -kFar, kFar);
  const auto points = visited({{b, b}, {a, a}, {b, b}});
  CHECK(points == std::vector<Point>{{-kFar, kFar, -kFar}, {kFar, -kFar, kFar}});
  CHECK(visited({}).empty());
}
