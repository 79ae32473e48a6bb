// Laws that images obey, independent of the formulas.

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "catch.h"
#include "quadrature.h"
#include "random_scene.h"

using Eigen::Vector3d;
using mmgym::Fill;
using mmgym::ImageParams;
using namespace mmgym::testing;

namespace {

// Radii from 0.01 Å, half of them at most half a voxel.
double random_radius(RandomCases& random, double resolution, double largest) {
  const double half = resolution / 2;
  if (random.integer(0, 1) == 0) return std::exp(random.uniform(std::log(0.01), std::log(half)));
  if (random.integer(0, 4) == 0) return half;
  return random.uniform(half, largest);
}

Vector3d random_center(RandomCases& random, double lo, double hi) {
  return {random.special(lo, hi), random.special(lo, hi), random.special(lo, hi)};
}

}  // namespace

TEST_CASE("The voxels of a ball inside the image sum to 1") {
  RandomCases random(11);
  for (int i = 0; i < kCases; ++i) {
    const int length = random.integer(2, 9);
    const double h = random.uniform(0.3, 1.5);
    const double radius = random_radius(random, h, length * h / 2);
    const double room = length * h / 2 - radius;
    const Vector3d center = random_center(random, -10, 10);
    const auto params = make_params(length, h, 1, Fill::fraction_atom, center);
    const Vector3d at = center + random_center(random, -room, room);
    INFO("case " << i << ": radius " << radius << ", voxel " << h);
    REQUIRE(std::abs(total(draw_ball(params, at, radius)) - 1) < 1e-6);
    REQUIRE(std::abs(total(draw_ball(params, at, radius, true)) - 1) < 1e-6);
  }
}

TEST_CASE("Moving an atom by whole voxels moves its image") {
  RandomCases random(12);
  for (int i = 0; i < kCases; ++i) {
    const int length = random.integer(2, 6);
    const double h = random.uniform(0.3, 1.5);
    const double radius = random_radius(random, h, length * h);
    const double edge = length * h;
    const Vector3d at = random_center(random, -edge, edge);
    const std::array<int, 3> by = {random.integer(-3, 3), random.integer(-3, 3),
                                   random.integer(-3, 3)};
    const Vector3d shift = h * Vector3d(by[0], by[1], by[2]);
    const auto params = make_params(length, h);
    const auto image = draw_ball(params, at, radius);

    // Moved with the grid: the same image.
    const auto with = make_params(length, h, 1, Fill::fraction_atom, shift);
    REQUIRE(largest_difference(image, draw_ball(with, at + shift, radius)) < 1e-6);

    // Moved without the grid: voxel v becomes voxel v + by.
    const auto moved = draw_ball(params, at + shift, radius);
    for (int x = 0; x < length; ++x)
      for (int y = 0; y < length; ++y)
        for (int z = 0; z < length; ++z) {
          const int u = x + by[0], v = y + by[1], w = z + by[2];
          if (std::min({u, v, w}) < 0 || std::max({u, v, w}) >= length) continue;
          INFO("case " << i);
          REQUIRE(std::abs(image[params.grid.offset(0, x, y, z)] -
                           moved[params.grid.offset(0, u, v, w)]) < 1e-6F);
        }
  }
}

TEST_CASE("The 48 symmetries of the cube permute the image") {
  RandomCases random(13);
  for (int i = 0; i < kCases; ++i) {
    const int length = random.integer(1, 4);
    const double h = random.uniform(0.3, 1.5);
    const double radius = random_radius(random, h, length * h);
    const Vector3d at = random_center(random, -length * h / 2 - radius, length * h / 2 + radius);
    const auto params = make_params(length, h);
    const auto image = draw_ball(params, at, radius);
    std::array<int, 3> axes = {0, 1, 2};
    do {
      for (int signs = 0; signs < 8; ++signs) {
        // Axis a of the turned image is axis axes[a] of the first, mirrored if its bit is set.
        Vector3d turned_at;
        for (int a = 0; a < 3; ++a)
          turned_at[a] = (signs >> a & 1) != 0 ? -at[axes[a]] : at[axes[a]];
        const auto turned = draw_ball(params, turned_at, radius);
        double largest = 0;
        for (int x = 0; x < length; ++x)
          for (int y = 0; y < length; ++y)
            for (int z = 0; z < length; ++z) {
              const std::array<int, 3> v = {x, y, z};
              std::array<int, 3> w{};
              for (std::size_t a = 0; a < 3; ++a)
                w[static_cast<std::size_t>(axes[a])] =
                    (signs >> a & 1) != 0 ? length - 1 - v[a] : v[a];
              largest = std::max(
                  largest, std::abs(static_cast<double>(turned[params.grid.offset(0, x, y, z)]) -
                                    image[params.grid.offset(0, w[0], w[1], w[2])]));
            }
        INFO("case " << i << ": radius " << radius << ", voxel " << h);
        REQUIRE(largest < 1e-6);
      }
    } while (std::next_permutation(axes.begin(), axes.end()));
  }
}

TEST_CASE("Sums over halved voxels give the coarse image") {
  RandomCases random(14);
  for (int i = 0; i < kCases; ++i) {
    const int length = random.integer(1, 5);
    const double h = random.uniform(0.3, 1.5);
    const double radius = random_radius(random, h, length * h);
    const Vector3d at = random_center(random, -length * h, length * h);
    const auto params = make_params(length, h), fine = make_params(2 * length, h / 2);
    const auto image = draw_ball(params, at, radius), parts = draw_ball(fine, at, radius);
    std::vector<float> sums(image.size());
    for (int x = 0; x < 2 * length; ++x)
      for (int y = 0; y < 2 * length; ++y)
        for (int z = 0; z < 2 * length; ++z)
          sums[params.grid.offset(0, x / 2, y / 2, z / 2)] += parts[fine.grid.offset(0, x, y, z)];
    INFO("case " << i << ": radius " << radius << ", voxel " << h);
    REQUIRE(largest_difference(image, sums) < 1e-6);
  }
}

TEST_CASE("A ball larger than the image fills it") {
  RandomCases random(15);
  for (int i = 0; i < kCases; ++i) {
    const int length = random.integer(1, 6);
    const double h = random.uniform(0.3, 1.5);
    const auto params = make_params(length, h, 1, Fill::fraction_voxel);
    const Vector3d at = random_center(random, -2 * length * h, 2 * length * h);
    // Radii of atoms are floats.
    const double reach = at.norm() + 0.8661 * length * h;
    const double radius = static_cast<float>(reach * std::exp(random.uniform(0.001, 10)));
    const std::vector<float> full(params.image_size(), 1.0F);
    INFO("case " << i << ": radius " << radius << ", voxel " << h);
    REQUIRE(draw_ball(params, at, radius) == full);
    REQUIRE(draw_ball(params, at, radius, true) == full);
  }
}

TEST_CASE("Voxels agree with numerical integration") {
  RandomCases random(16);
  for (int i = 0; i < kCases; ++i) {
    const int length = random.integer(1, 4);
    const double h = random.uniform(0.3, 1.5);
    const double radius = static_cast<float>(random_radius(random, h, 2 * length * h));
    const Vector3d at = random_center(random, -length * h, length * h);
    const auto params = make_params(length, h, 1, Fill::fraction_voxel);
    const auto one = draw_ball(params, at, radius), each = draw_ball(params, at, radius, true);
    const int x = random.integer(0, length - 1), y = random.integer(0, length - 1),
              z = random.integer(0, length - 1);
    const Vector3d middle = params.grid.voxel_center_A(x, y, z) - at;
    const double lo[3] = {middle.x() - h / 2, middle.y() - h / 2, middle.z() - h / 2};
    const double hi[3] = {middle.x() + h / 2, middle.y() + h / 2, middle.z() + h / 2};
    const double expected = integrate_ball_in_box(radius, lo, hi) / (h * h * h);
    INFO("case " << i << ": radius " << radius << ", voxel " << h);
    REQUIRE(std::abs(one[params.grid.offset(0, x, y, z)] - expected) < 2e-7);
    REQUIRE(std::abs(each[params.grid.offset(0, x, y, z)] - expected) < 2e-7);
  }
}

TEST_CASE("Fractions and overlaps are proportional") {
  RandomCases random(17);
  for (int i = 0; i < kCases; ++i) {
    const double h = random.uniform(0.3, 1.5);
    const double radius = random_radius(random, h, 3 * h);
    const Vector3d at = random_center(random, -2, 2);
    const double ball = 4 * std::numbers::pi / 3 * radius * radius * radius;
    auto atom = draw_ball(make_params(4, h), at, radius);
    auto voxel = draw_ball(make_params(4, h, 1, Fill::fraction_voxel), at, radius);
    const auto overlap = draw_ball(make_params(4, h, 1, Fill::overlap_A3), at, radius);
    for (float& value : atom) value *= static_cast<float>(ball);
    for (float& value : voxel) value *= static_cast<float>(h * h * h);
    INFO("case " << i << ": radius " << radius << ", voxel " << h);
    // Fractions of the atom have errors of up to 4e-7.
    REQUIRE(largest_difference(atom, overlap) < 1e-6 * std::max(1.0, h * h * h) + 4e-7 * ball);
    REQUIRE(largest_difference(voxel, overlap) < 1e-6 * std::max(1.0, h * h * h));
  }
}

TEST_CASE("A rotated frame and rotated atoms give the same image") {
  RandomCases random(18);
  for (int i = 0; i < kCases; ++i) {
    const Eigen::Quaterniond turn =
        Eigen::Quaterniond(random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1),
                           random.uniform(0.1, 1))
            .normalized();
    const mmgym::Frame frame =
        mmgym::make_frame(random_center(random, -3, 3), turn.toRotationMatrix());
    const Vector3d at = random_center(random, -5, 5);
    const auto params = make_params(5, 1.0);
    const double radius = random_radius(random, 1, 3);
    Scene scene;
    scene.add(at);
    mmgym::Voxelizer voxelizer(params, radius);
    std::vector<float> image(params.image_size());
    voxelizer.draw(scene.view(false), frame, image);
    REQUIRE(largest_difference(image, draw_ball(params, frame * at, radius)) < 1e-6);
  }
}
