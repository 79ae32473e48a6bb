#include "voxel/voxelizer.h"

#include <array>
#include <cmath>

#include "allocations.h"
#include "catch.h"
#include "random_scene.h"
#include "voxel/float16.h"
#include "voxel/images.h"
#include "voxel/simd.h"

using Eigen::Vector3d;
using mmgym::Aggregate;
using mmgym::Fill;
using mmgym::Frame;
using mmgym::Voxelizer;
using mmgym::testing::contains;
using namespace mmgym::testing;

TEST_CASE("Atoms are drawn to all of their channels, times their occupancy") {
  const auto params = make_params(3, 1.0, 4);
  Scene scene;
  scene.add(Vector3d::Zero(), 0.5, 0.25, 0b1010);
  scene.add(Vector3d::Zero(), 0.5, 0.5, 0b0010);
  scene.add(Vector3d::Zero(), 0.5, 1.0, 0b10000);  // not a channel of the image
  std::vector<float> image(params.image_size());
  using Ids = std::vector<Voxelizer::AtomId>;
  Ids drawn = {{9, 7}};
  CHECK(Voxelizer(params, 0.5).draw(scene.view(false), Frame::Identity(), image, nullptr, &drawn) ==
        2);
  CHECK(drawn == Ids{{9, 7}, {0, 0}, {0, 1}});
  std::vector<float> expected(params.image_size());
  expected[params.grid.offset(1, 1, 1, 1)] = 0.75F;
  expected[params.grid.offset(3, 1, 1, 1)] = 0.25F;
  CHECK(largest_difference(image, expected) < 1e-7);
}

TEST_CASE("The maximum of atoms is the greatest value of a single atom") {
  Scene scene;
  scene.add({0.2, 0, 0}, 0.5, 0.5);
  scene.add({0.2, 0, 0}, 0.5, 1.0);
  scene.add({0.2, 0, 0}, 0.5, 0.2);
  for (const bool with_radii : {false, true})
    for (const Fill fill : {Fill::fraction_atom, Fill::nearest, Fill::gaussian}) {
      const auto params = make_params(2, 1.0, 1, fill, Vector3d::Zero(), Aggregate::max);
      std::vector<float> image(params.image_size());
      Voxelizer(params, 0.5).draw(scene.view(with_radii), Frame::Identity(), image);
      CHECK(largest_difference(image, draw_ball(params, {0.2, 0, 0}, 0.5)) < 1e-7);
    }
}

TEST_CASE("Several calls add to one image") {
  RandomCases random(31);
  Scene scene;
  for (int i = 0; i < 1500; ++i)
    scene.add({random.uniform(-7, 7), random.uniform(-7, 7), random.uniform(-7, 7)}, 1, 1,
              1U << random.integer(0, 1));
  const auto params = make_params(12, 1.0, 2);
  Voxelizer voxelizer(params, 0.5);
  std::vector<float> whole(params.image_size()), parts(params.image_size());
  const auto count = voxelizer.draw(scene.view(false), Frame::Identity(), whole);
  std::vector<mmgym::Footprint> footprints;
  std::size_t sum = 0;
  for (std::size_t begin = 0; begin < 1500; begin += 100) {
    auto tile = scene.view(false);
    tile.count = 100;
    for (auto* coordinate : {&tile.x_A, &tile.y_A, &tile.z_A}) *coordinate += begin;
    tile.occupancy += begin;
    tile.channels += begin;
    sum += voxelizer.draw(tile, Frame::Identity(), parts, &footprints);
  }
  CHECK(sum == count);
  CHECK(parts == whole);
  CHECK(footprints.size() == count);
  erase(params, parts, footprints);
  CHECK(total(parts) == 0);
}

TEST_CASE("Nearest puts the whole atom into the half-open voxel of its center") {
  const auto params = make_params(21, 0.75, 1, Fill::nearest);
  Voxelizer voxelizer(params, 0.375);
  for (int i = 0; i <= 21; ++i) {
    Scene scene;
    scene.add({0.75 * i - 7.875, -7.875, 7.8749}, 100);  // on the plane below voxel i
    std::vector<float> image(params.image_size());
    CHECK(voxelizer.draw(scene.view(true), Frame::Identity(), image) == (i < 21 ? 1 : 0));
    CHECK(total(image) == (i < 21 ? 1 : 0));
    if (i < 21) CHECK(image[params.grid.offset(0, i, 0, 20)] == 1);
  }
}

TEST_CASE("Gaussian is libmolgrid's function of the distance to voxel centers") {
  RandomCases random(32);
  for (int i = 0; i < 1000; ++i) {
    const double r = random.uniform(0.2, 3);
    const auto params = make_params(5, 1.0, 1, Fill::gaussian);
    const Vector3d at(random.uniform(-4, 4), random.uniform(-4, 4), random.uniform(-4, 4));
    const auto image = draw_ball(params, at, r);
    for (int x = 0; x < 5; ++x)
      for (int y = 0; y < 5; ++y)
        for (int z = 0; z < 5; ++z) {
          const double q = (params.grid.voxel_center_A(x, y, z) - at).norm() / r;
          const double expected = q <= 1     ? std::exp(-2 * q * q)
                                  : q <= 1.5 ? (4 * q * q - 12 * q + 9) * std::exp(-2)
                                             : 0;
          REQUIRE(std::abs(image[params.grid.offset(0, x, y, z)] - expected) < 2e-7);
        }
  }
}

TEST_CASE("Atoms count as drawn if their ball overlaps the image") {
  const auto params = make_params(4, 1.0);
  Voxelizer voxelizer(params, 0.5);
  const auto count = [&](const Vector3d& at, double radius, bool with_radius) {
    Scene scene;
    scene.add(at, radius);
    std::vector<float> image(params.image_size());
    return voxelizer.draw(scene.view(with_radius), Frame::Identity(), image);
  };
  CHECK(count({2.49, 0, 0}, 0, false) == 1);
  CHECK(count({2.5, 0, 0}, 0, false) == 0);
  CHECK(count({2.4, 2.4, 2.4}, 0, false) == 0);  // its bounding box overlaps, the ball does not
  CHECK(count({-4.9, 0, 0}, 3, true) == 1);
  CHECK(count({-5, 0, 0}, 3, true) == 0);
  CHECK(count({0, 0, 0}, 1e-30, true) == 1);
  CHECK(count({0, 0, 0}, 3e38, true) == 1);
}

TEST_CASE("Groups of atoms that are drawn together give the bytes of all their atoms") {
  RandomCases random(33);
  Scene all;
  std::vector<Scene> scenes(40);
  std::vector<Voxelizer::AtomId> ids;
  for (std::uint32_t group = 0; group < scenes.size(); ++group)
    for (int i = 0, count = random.integer(0, 100); i < count; ++i) {
      const Vector3d at(random.uniform(-9, 9), random.uniform(-9, 9), random.uniform(-9, 9));
      const auto mask = static_cast<std::uint32_t>(random.integer(0, 7));
      for (Scene* scene : {&all, &scenes[group]}) scene->add(at, 0.7, 0.5, mask);
      ids.push_back({group, static_cast<std::size_t>(i)});
    }
  for (const Fill fill : {Fill::fraction_atom, Fill::gaussian, Fill::nearest})
    for (const bool with_radii : {false, true}) {
      const auto params = make_params(11, 1.0, 2, fill);
      Voxelizer voxelizer(params, 0.5);
      std::vector<float> expected(params.image_size()), image(params.image_size());
      std::vector<Voxelizer::AtomId> expected_ids, drawn;
      voxelizer.draw(all.view(with_radii), Frame::Identity(), expected, nullptr, &expected_ids);
      std::vector<mmgym::AtomsView> groups;
      for (const Scene& scene : scenes) groups.push_back(scene.view(with_radii));
      std::vector<mmgym::Footprint> footprints;
      const auto count = voxelizer.draw(groups, Frame::Identity(), image, &footprints, &drawn);
      CHECK(count > 200);
      CHECK(drawn.size() == count);
      CHECK(footprints.size() == count);
      CHECK(image == expected);
      for (auto& id : expected_ids) id = ids[id.atom];
      CHECK(drawn == expected_ids);
    }
}

TEST_CASE("Images of the wrong size and invalid radii are refused") {
  const auto params = make_params(3, 1.0);
  std::vector<float> image(26);
  Voxelizer voxelizer(params, 0.5);
  CHECK_THROWS_AS(voxelizer.draw(mmgym::AtomsView(), Frame::Identity(), image),
                  std::invalid_argument);
  for (const double radius : {0.0, -1.0, 1e-7, std::nan(""), HUGE_VAL})
    CHECK_THROWS_WITH(Voxelizer(params, radius), contains("radius"));
}

TEST_CASE("Drawing allocates no memory after the first images") {
  RandomCases random(33);
  Scene scene;
  for (int i = 0; i < 2000; ++i)
    scene.add({random.uniform(-9, 9), random.uniform(-9, 9), random.uniform(-9, 9)},
              random.uniform(0.1, 2));
  for (const Fill fill : {Fill::fraction_atom, Fill::nearest, Fill::gaussian})
    for (const bool with_radii : {false, true}) {
      const auto params = make_params(16, 1.0, 1, fill);
      Voxelizer voxelizer(params, 0.5);
      mmgym::Images images;
      std::vector<float> image(params.image_size());
      std::size_t after_first = 0;
      for (int round = 0; round < 3; ++round) {
        images.reset(params, 1);
        voxelizer.draw(scene.view(with_radii), Frame::Identity(), images.image(0),
                       &images.footprints(0));
        voxelizer.draw(scene.view(with_radii), Frame::Identity(), image);
        if (round == 0) after_first = allocations();
      }
      CHECK(allocations() == after_first);
    }
}

TEST_CASE("float16 rounds to nearest, ties to even, on every SIMD target") {
  // Every half, and the floats around the middle to the next half.
  std::vector<float> values;
  std::vector<std::uint16_t> expected;
  for (std::uint16_t half = 0; half < 0x7C00; ++half) {
    const double value = half < 0x400 ? std::ldexp(half, -24)
                                      : std::ldexp((half & 0x3FF) | 0x400, (half >> 10) - 25);
    const double next = value + std::ldexp(1.0, std::max(half >> 10, 1) - 25);
    const auto middle = static_cast<float>((value + next) / 2);
    const auto after = static_cast<std::uint16_t>(half + 1);
    for (const auto& [number, bits] : {std::pair{static_cast<float>(value), half},
                                       {std::nextafter(middle, 0.0F), half},
                                       {middle, half % 2 == 0 ? half : after},
                                       {std::nextafter(middle, HUGE_VALF), after}}) {
      values.push_back(number);
      expected.push_back(bits);
      values.push_back(-number);
      expected.push_back(static_cast<std::uint16_t>(bits | 0x8000));
    }
  }
  for (const float huge : {65520.0F, 1e30F, HUGE_VALF}) {
    values.push_back(huge);
    expected.push_back(0x7C00);
  }
  values.push_back(std::nanf(""));
  expected.push_back(0x7E00);
  values.push_back(1e-45F);
  expected.push_back(0);
  for (const auto& target : mmgym::simd_targets()) {
    mmgym::use_simd_target(target);
    std::vector<std::uint16_t> halves(values.size());
    mmgym::to_float16(values, halves);
    CHECK(halves == expected);
  }
  mmgym::use_simd_target("");
  std::vector<std::uint16_t> few(1);
  CHECK_THROWS_AS(mmgym::to_float16(values, few), std::invalid_argument);
}

TEST_CASE("Listed atoms are those that are drawn, in their views, and draw the same image") {
  RandomCases random(32);
  Scene scene;
  for (int i = 0; i < 1200; ++i)
    scene.add({random.uniform(-8, 8), random.uniform(-8, 8), random.uniform(-8, 8)}, 0.5,
              random.uniform(0, 1), static_cast<std::uint32_t>(random.integer(0, 7)));
  Frame frame = Frame::Identity();
  frame.linear() = Eigen::AngleAxisd(0.7, Vector3d(1, 2, 3).normalized()).toRotationMatrix();
  frame.translation() = Vector3d(0.3, -1, 0.5);
  for (const Vector3d& center : {Vector3d(0, 0, 0), Vector3d(1, 2, 3)}) {
    const auto params = make_params(11, 1.0, 2, Fill::fraction_atom, center);
    Voxelizer voxelizer(params, 0.5);
    std::vector<float> image(params.image_size());
    std::vector<Voxelizer::AtomId> drawn, listed;
    voxelizer.draw(scene.view(false), frame, image, nullptr, &drawn);
    mmgym::AtomList list;
    CHECK(voxelizer.list(std::array{scene.view(false)}, frame, 1, list, &listed) == drawn.size());
    CHECK(listed == drawn);
    CHECK(list.view == std::vector<std::uint8_t>(list.size(), 1));
    CHECK(list.size() > drawn.size());  // some atoms have two channels

    Scene again;
    for (std::size_t i = 0; i < list.size(); ++i)
      again.add(Vector3d(list.xyz_A[3 * i], list.xyz_A[3 * i + 1], list.xyz_A[3 * i + 2]), 0.5,
                static_cast<double>(list.weight[i]), 1U << list.channel[i]);
    const auto centered = make_params(11, 1.0, 2);
    std::vector<float> redrawn(centered.image_size());
    Voxelizer(centered, 0.5).draw(again.view(false), Frame::Identity(), redrawn);
    CHECK(largest_difference(image, redrawn) < 1e-6);
  }
}
