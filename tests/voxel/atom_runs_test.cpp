#include "voxel/atom_runs.h"

#include "catch.h"
#include "random_scene.h"
#include "voxel/simd.h"

using Eigen::Vector3d;
using mmgym::AtomRuns;
using mmgym::Frame;
using mmgym::Voxelizer;
using namespace mmgym::testing;

namespace {

AtomRuns runs_of(const Scene& scene) { return {scene.x, scene.y, scene.z}; }

/// A random walk, as the atoms of a chain, from one side of the image to far beyond the other.
Scene chain(RandomCases& random, int atoms, const Vector3d& origin) {
  Scene scene;
  Vector3d at = origin;
  for (int i = 0; i < atoms; ++i) {
    at += Vector3d(random.uniform(-1, 1.2), random.uniform(-1, 1), random.uniform(-1, 1));
    scene.add(at, 0.5, 1, static_cast<std::uint32_t>(random.integer(0, 3)));
  }
  return scene;
}

}  // namespace

TEST_CASE("A run has a sphere that contains its atoms") {
  RandomCases random(41);
  for (const int atoms : {1, 15, 16, 17, 500}) {
    const Scene scene = chain(random, atoms, {1e5, -3, 0});
    const AtomRuns runs = runs_of(scene);
    REQUIRE(runs.size() == static_cast<std::size_t>(atoms + 15) / 16);
    for (std::size_t i = 0; i < scene.x.size(); ++i) {
      const std::size_t run = i / AtomRuns::kLength;
      const Vector3d center(runs.center_A(0)[run], runs.center_A(1)[run], runs.center_A(2)[run]);
      CHECK((Vector3d(scene.x[i], scene.y[i], scene.z[i]) - center).norm() <= runs.radius_A()[run]);
      CHECK(runs.radius_A()[run] < 16);
    }
  }
  CHECK(AtomRuns().size() == 0);
  CHECK(runs_of(Scene()).size() == 0);
}

TEST_CASE("Atoms with runs give the bytes of atoms without") {
  RandomCases random(42);
  const auto params = make_params(11, 1.0, 2);
  std::size_t drawn = 0;
  for (const auto& target : mmgym::simd_targets()) {
    mmgym::use_simd_target(target);
    for (int trial = 0; trial < 100; ++trial) {
      Scene scene = chain(random, random.integer(1, 400), {-20, 0, 0});
      // Some atoms that no sphere can contain.
      for (const double bad : {std::nan(""), HUGE_VAL, 1e308})
        if (trial % 3 == 0)
          scene.y[static_cast<std::size_t>(
              random.integer(0, static_cast<int>(scene.y.size()) - 1))] = bad;
      Frame frame(Eigen::AngleAxisd(random.uniform(-3, 3), Vector3d(1, 2, 3).normalized()));
      frame.translation() = Vector3d(random.uniform(-5, 5), 1, 2);
      const AtomRuns runs = runs_of(scene);
      for (const bool with_radii : {false, true}) {
        mmgym::AtomsView view = scene.view(with_radii);
        Voxelizer voxelizer(params, 0.5);
        std::vector<float> expected(params.image_size()), image(params.image_size());
        std::vector<Voxelizer::AtomId> expected_ids, ids;
        voxelizer.draw(view, frame, expected, nullptr, &expected_ids);
        view.runs = &runs;
        drawn += voxelizer.draw(view, frame, image, nullptr, &ids);
        REQUIRE(image == expected);
        REQUIRE(ids == expected_ids);
      }
    }
  }
  mmgym::use_simd_target("");
  CHECK(drawn > 1000);
}
