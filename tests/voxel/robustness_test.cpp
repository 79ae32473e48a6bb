// No input makes a voxel NaN or negative, and all machines make the same image.

#include <algorithm>
#include <cmath>
#include <limits>

#include "catch.h"
#include "random_scene.h"
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
    std::vector<std::size_t> first_drawn;
    for (const auto& target : targets) {
      mmgym::use_simd_target(target);
      REQUIRE(mmgym::simd_target() == target);
      mmgym::Voxelizer voxelizer(params, radius);
      std::vector<float> image(params.image_size());
      std::vector<std::size_t> drawn;
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
