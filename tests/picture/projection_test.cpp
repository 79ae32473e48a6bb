#include "picture/projection.h"

#include "catch.h"

using namespace mmgym;

namespace {

/// A channel of 4^3 voxels with one nonzero voxel.
std::vector<float> one_voxel(std::size_t x, std::size_t y, std::size_t z) {
  std::vector<float> channel(64, 0);
  channel[(x * 4 + y) * 4 + z] = 2;
  return channel;
}

float at(const Projection& projection, std::size_t row, std::size_t column) {
  return projection.values[row * projection.edge + column];
}

}  // namespace

TEST_CASE("A projection keeps the greatest value along its axis") {
  auto channel = one_voxel(1, 2, 3);
  channel[(1 * 4 + 2) * 4 + 0] = 5;
  const auto along_z = project(channel, 4, Axis::z);
  CHECK(at(along_z, 1, 1) == 5);
  const auto along_x = project(channel, 4, Axis::x);
  CHECK(at(along_x, 0, 2) == 2);
  CHECK(at(along_x, 3, 2) == 5);
}

TEST_CASE("The axes to the right and up agree with the headings") {
  // The voxel at x = 3, y = 0, z = 1; row 0 is the top.
  const auto channel = one_voxel(3, 0, 1);
  CHECK(at(project(channel, 4, Axis::z), 3, 3) == 2);  // x to the right, y up
  CHECK(at(project(channel, 4, Axis::y), 2, 3) == 2);  // x to the right, z up
  CHECK(at(project(channel, 4, Axis::x), 2, 0) == 2);  // y to the right, z up
}

TEST_CASE("Large images are reduced without losing a nonzero voxel") {
  // Row 0 is the top, where y is greatest.
  for (std::size_t x = 0; x < 4; ++x)
    for (std::size_t y = 0; y < 4; ++y)
      for (std::size_t z = 0; z < 4; ++z) {
        const auto small = project(one_voxel(x, y, z), 4, Axis::z, 2);
        REQUIRE(small.edge == 2);
        CHECK(at(small, (3 - y) / 2, x / 2) == 2);
      }
  CHECK(project(one_voxel(3, 0, 1), 4, Axis::z, 3).edge == 2);
}

TEST_CASE("A channel that is not a cube is refused") {
  CHECK_THROWS_AS(project(std::vector<float>(63), 4, Axis::x), std::invalid_argument);
}
