// No input makes a voxel NaN or negative, and all machines make the same image.

#include <algorithm>
#include <cmath>
#include <limits>

#include "catch.h"
#include "random_scene.h"
#include "voxel/overlap.h"
#include "voxel/simd.h"

using Eigen::Vector3d;
using mmgym::Aggregate;
using mmgym::Fill;
using namespace mmgym::testing;

namespace {

constexpr double kHuge = std::numeric_limits<double>::max();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Returns a coordinate on or next to a plane of the grid or a plane tangent to a ball, or a random
// one.
double awkward(RandomCases& random, double h, double radius, int length) {
  const double plane = h * (random.integer(-1, length + 1) - 0.5 * length);
  switch (random.integer(0, 9)) {
    case 0:
      return plane;
    case 1:
      return plane + radius;
    case 2:
      return plane - radius;
    case 3:
      return std::nextafter(plane, kHuge);
    case 4:
      return std::nextafter(plane - radius, -kHuge);
    case 5:
      return plane + random.uniform(-1e-7, 1e-7);
    case 6:
      return plane + 0.6 * radius;  // with 0.8: tangent edges
    case 7:
      return plane - 0.8 * radius;
    case 8:
      return random.integer(0, 20) == 0 ? std::ldexp(random.uniform(-1, 1), random.integer(0, 1023))
                                        : 0;
    default:
      return random.uniform(-length * h, length * h);
  }
}

Fill any_fill(RandomCases& random) { return static_cast<Fill>(random.integer(0, 4)); }

mmgym::ImageParams any_params(RandomCases& random) {
  const double h = random.integer(0, 1) == 0 ? 1 : random.uniform(0.1, 2);
  const Vector3d center = random.integer(0, 1) == 0
                              ? Vector3d::Zero().eval()
                              : Vector3d(random.uniform(-90, 90), 0.5, random.uniform(-9, 9));
  return make_params(random.integer(1, 7), h, random.integer(1, 3), any_fill(random), center,
                     random.integer(0, 1) == 0 ? Aggregate::sum : Aggregate::max);
}

double any_radius(RandomCases& random, double h) {
  switch (random.integer(0, 6)) {
    case 0:
      return h / 2;
    case 1:
      return h;
    case 2:
      return random.uniform(0.01, h / 2);
    case 3:
      return std::exp(random.uniform(std::log(1e-5), std::log(1e5)));
    case 4:
      return h * random.integer(1, 200);
    default:
      return random.uniform(0.01, 3);
  }
}

Scene any_scene(RandomCases& random, const mmgym::ImageParams& params, double radius, int count) {
  Scene scene;
  for (int i = 0; i < count; ++i) {
    const int length = params.grid.length_voxels;
    const double h = params.grid.resolution_A;
    const Vector3d at(awkward(random, h, radius, length), awkward(random, h, radius, length),
                      awkward(random, h, radius, length));
    scene.add(params.grid.center_A + at, random.integer(0, 1) == 0 ? radius : any_radius(random, h),
              random.special(0, 1), static_cast<std::uint32_t>(random.integer(0, 15)));
  }
  return scene;
}

}  // namespace

TEST_CASE("No finite atom makes a voxel NaN or negative") {
  RandomCases random(21);
  for (int i = 0; i < kCases; ++i) {
    const auto params = any_params(random);
    const double radius = any_radius(random, params.grid.resolution_A);
    const Scene scene = any_scene(random, params, radius, 12);
    const bool with_radii = random.integer(0, 1) == 0;
    mmgym::Voxelizer voxelizer(params, radius);
    std::vector<float> image(params.image_size());
    std::vector<mmgym::Footprint> footprints;
    voxelizer.draw(scene.view(with_radii), mmgym::Frame::Identity(), image, &footprints);
    const bool sane =
        std::all_of(image.begin(), image.end(), [](float v) { return v >= 0 && std::isfinite(v); });
    INFO("case " << i << ": " << name_of(params.fill) << ", radius " << radius);
    REQUIRE(sane);
    erase(params, image, footprints);
    REQUIRE(image == std::vector<float>(image.size()));
  }
}

TEST_CASE("All SIMD targets draw the same bytes") {
  const auto targets = mmgym::simd_targets();
  RandomCases random(22);
  for (int i = 0; i < kCases; ++i) {
    const auto params = any_params(random);
    const double radius = any_radius(random, params.grid.resolution_A);
    const Scene scene = any_scene(random, params, radius, 43);
    const bool with_radii = random.integer(0, 1) == 0;
    const mmgym::Frame frame(Eigen::AngleAxisd(random.special(-3, 3), Vector3d::UnitZ()));
    std::vector<float> first;
    std::vector<mmgym::Voxelizer::AtomId> first_drawn;
    for (const auto& target : targets) {
      mmgym::use_simd_target(target);
      REQUIRE(mmgym::simd_target() == target);
      mmgym::Voxelizer voxelizer(params, radius);
      std::vector<float> image(params.image_size());
      std::vector<mmgym::Voxelizer::AtomId> drawn;
      const auto count = voxelizer.draw(scene.view(with_radii), frame, image, nullptr, &drawn);
      CHECK(count == drawn.size());
      if (target == targets.front()) {
        first = image;
        first_drawn = drawn;
      }
      INFO("case " << i << ", target " << target << ", " << name_of(params.fill));
      REQUIRE(image == first);
      REQUIRE(drawn == first_drawn);
    }
    mmgym::use_simd_target("");
  }
}

TEST_CASE("Atoms that are not finite are skipped") {
  const auto params = make_params(4, 1.0);
  for (const auto& target : mmgym::simd_targets()) {
    mmgym::use_simd_target(target);
    for (const double bad : {kNaN, kInfinity, -kInfinity, kHuge, -kHuge}) {
      for (int axis = 0; axis < 3; ++axis) {
        Scene scene;
        for (int i = 0; i < 11; ++i) {
          Vector3d at = Vector3d::Zero();
          at[axis] = bad;
          scene.add(at);
        }
        std::vector<float> image(params.image_size());
        for (const bool with_radii : {false, true})
          CHECK(mmgym::Voxelizer(params, 0.5)
                    .draw(scene.view(with_radii), mmgym::Frame::Identity(), image) == 0);
        CHECK(total(image) == 0);
      }
    }
    Scene scene;
    for (const double radius : {kNaN, kInfinity, 0.0, -1.0}) scene.add(Vector3d::Zero(), radius);
    std::vector<float> image(params.image_size());
    CHECK(mmgym::Voxelizer(params, 0.5).draw(scene.view(true), mmgym::Frame::Identity(), image) ==
          0);
    CHECK(total(image) == 0);
  }
  mmgym::use_simd_target("");
}

TEST_CASE("A SIMD target that the machine lacks is refused") {
  CHECK_THROWS_AS(mmgym::use_simd_target("ABACUS"), std::invalid_argument);
  CHECK(mmgym::simd_target() == mmgym::simd_targets().front());
}

TEST_CASE("Small balls near the planes of voxels are as exact as others") {
  // Planes that barely cut the ball, or pass its center, or cut it where two others meet: there the
  // formulas subtract numbers that are almost equal.
  RandomCases random(24);
  const auto params = make_params(2, 1.0);
  const double radius = 0.5, ball = 4 * std::numbers::pi / 3 * radius * radius * radius;
  double largest = 0;
  for (int i = 0; i < 20 * kCases; ++i) {
    Vector3d at;
    for (double& coordinate : at) {
      const double small = std::exp(random.uniform(std::log(1e-12), std::log(0.5)));
      coordinate = random.integer(0, 1) == 0 ? small : radius - small;
    }
    // The plane x = 0 where the planes y = 0 and z = 0 meet at the surface.
    if (random.integer(0, 3) == 0) {
      const double square = radius * radius - at.y() * at.y();
      at.z() = std::sqrt(std::max(square, 0.0)) * (1 + random.uniform(-1e-6, 1e-6));
    }
    const auto image = draw_ball(params, at, radius);
    for (int x = 0; x < 2; ++x)
      for (int y = 0; y < 2; ++y)
        for (int z = 0; z < 2; ++z) {
          const Vector3d low(x - 1, y - 1, z - 1);
          const double expected =
              mmgym::ball_box_overlap_A3(at, radius, low, low + Vector3d::Ones()) / ball;
          const double actual = static_cast<double>(image[params.grid.offset(0, x, y, z)]);
          largest = std::max(largest, std::abs(actual - expected));
        }
  }
  CHECK(largest < 4e-7);
  CHECK(largest > 0);
}

TEST_CASE("Fractions of balls of a few voxels are exact within 4e-7, next to planes too") {
  RandomCases random(25);
  constexpr int kLength = 7;
  double largest = 0;
  for (int i = 0; i < kCases; ++i) {
    const double h = random.integer(0, 1) == 0 ? 1 : random.uniform(0.3, 1.5);
    const auto params = make_params(kLength, h);
    const double radius = static_cast<float>(
        h * (random.integer(0, 3) == 0 ? 0.5 * random.integer(1, 5) : random.uniform(0.3, 2.5)));
    const double ball = 4 * std::numbers::pi / 3 * radius * radius * radius;
    const Vector3d at(awkward(random, h, radius, kLength), awkward(random, h, radius, kLength),
                      awkward(random, h, radius, kLength));
    const auto image = draw_ball(params, at, radius, true);
    for (int x = 0; x < kLength; ++x)
      for (int y = 0; y < kLength; ++y)
        for (int z = 0; z < kLength; ++z) {
          const Vector3d low = params.grid.low_corner_A() + h * Vector3d(x, y, z);
          const double expected =
              mmgym::ball_box_overlap_A3(at, radius, low, low + Vector3d::Constant(h)) / ball;
          const double actual = static_cast<double>(image[params.grid.offset(0, x, y, z)]);
          largest = std::max(largest, std::abs(actual - expected));
        }
  }
  CHECK(largest < 4e-7);
  CHECK(largest > 0);
}
