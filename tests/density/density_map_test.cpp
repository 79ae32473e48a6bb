#include "density/density_map.h"

#include <algorithm>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include "catch.h"
#include "density/sphere_kernel.h"

using Eigen::Vector3d;
using mmgym::DensityMap;
using mmgym::testing::contains;

TEST_CASE("The density map agrees with the reference on four atoms in a row") {
  const std::vector<Vector3d> atoms = {{0.5, 0, 0}, {1.5, 0, 0}, {2.5, 0, 0}, {3.5, 0, 0}};
  const std::vector<double> occupancies(4, 1.0);
  const DensityMap map(atoms, occupancies, 1.5, 1);

  CHECK(map.at({-1, 0, 0}) == 0);
  CHECK(map.at({-0.5, 0, 0}) == Approx(37.70675929).epsilon(1e-8));
  CHECK(map.at({0, 0, 0}) == Approx(67.72164395).epsilon(1e-8));
  CHECK(map.at({0.5, 0, 0}) == Approx(97.73652861).epsilon(1e-8));
  CHECK(map.at({1, 0, 0}) == Approx(116.58990826).epsilon(1e-8));
  CHECK(map.at({1.5, 0, 0}) == Approx(135.44328790).epsilon(1e-8));
}

TEST_CASE("A sphere kernel contains the sphere's volume in each voxel, scaled to a sum of 1") {
  for (const double radius : {0.2, 0.5, 1.0, 1.5, 2.3, 7.5}) {
    const auto kernel = mmgym::make_sphere_kernel(radius);
    CHECK(kernel.edge % 2 == 1);
    CHECK(kernel.edge >= 2 * radius);
    CHECK(kernel.edge < 2 * radius + 2);
    double sum = 0;
    for (const double fraction : kernel.fractions) sum += fraction;
    CHECK(sum == Approx(1));
    // A voxel inside the sphere contains the fraction 1 / volume.
    if (radius >= 1)
      CHECK(kernel.fractions[kernel.fractions.size() / 2] ==
            Approx(1 / (4.0 / 3 * std::numbers::pi * radius * radius * radius)));
  }
}

TEST_CASE("The density map agrees with a brute-force convolution, across blocks and far apart") {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> uniform(-35, 35);
  std::vector<Vector3d> atoms;
  std::vector<double> occupancies;
  for (int i = 0; i < 400; ++i) {
    atoms.emplace_back(uniform(random), uniform(random), uniform(random));
    if (i % 2 == 1) atoms.back().x() += 4000;
    occupancies.push_back((i % 5) / 4.0);
  }
  const double voxel_size = 2;
  const DensityMap map(atoms, occupancies, 9, voxel_size);
  const auto kernel = mmgym::make_sphere_kernel(4.5);

  for (int i = 0; i < 100; ++i) {
    // No interpolation at the center of a voxel.
    const Eigen::Vector3i voxel = mmgym::cell_of(atoms[i] + Vector3d(3, -5, 7), voxel_size);
    double expected = 0;
    for (std::size_t j = 0; j < atoms.size(); ++j) {
      const Eigen::Array3i d =
          (voxel - mmgym::cell_of(atoms[j], voxel_size)).array() + kernel.edge / 2;
      if ((d >= 0).all() && (d < kernel.edge).all())
        expected += occupancies[j] *
                    kernel.fractions[(d.x() * kernel.edge + d.y()) * kernel.edge + d.z()] * 1000 /
                    8;
    }
    const Vector3d center = (voxel.cast<double>().array() + 0.5) * voxel_size;
    REQUIRE(map.at(center) == Approx(expected).margin(1e-9));
    REQUIRE(map.max() >= map.at(center));
  }
}

TEST_CASE("The density is 0 outside of the regions") {
  std::mt19937 random(6);
  std::uniform_real_distribution<double> uniform(-30, 30);
  std::vector<Vector3d> atoms = {{-99999, 99999, -99999}, {99999, 99999, 99999}};
  for (int i = 0; i < 5; ++i) atoms.emplace_back(uniform(random), uniform(random), uniform(random));
  std::vector<double> occupancies(atoms.size(), 1);
  occupancies.back() = 0;
  const DensityMap map(atoms, occupancies, 6, 1.5);
  const auto is_in_region = [&map](const Vector3d& point) {
    return std::any_of(map.regions().begin(), map.regions().end(), [&point](const auto& region) {
      return (point.array() >= region.low_A).all() && (point.array() <= region.high_A).all();
    });
  };
  std::size_t inside = 0;
  std::size_t outside = 0;
  std::uniform_real_distribution<double> near(-14, 14);
  for (const auto& atom : atoms)
    for (int i = 0; i < 2000; ++i) {
      const Vector3d point = atom + Vector3d(near(random), near(random), near(random));
      if (is_in_region(point)) {
        ++inside;
      } else {
        ++outside;
        REQUIRE(map.at(point) == 0);
      }
    }
  CHECK(inside > 1000);
  CHECK(outside > 1000);
  CHECK(map.at(atoms[0]) > 0);
  // A region is not much larger than the kernel: a voxel of the atom, 4 on each side, and margins.
  CHECK((map.regions()[0].high_A - map.regions()[0].low_A == 11 * 1.5).all());
}

TEST_CASE("Atoms that need too many voxels for their number are refused before these exist") {
  std::vector<Vector3d> atoms;
  for (int i = 0; i < 1000; ++i)
    atoms.emplace_back(i % 10 * 200.0, i / 10 % 10 * 200.0, i / 100 * 200.0);
  const std::vector<double> occupancies(atoms.size(), 1);
  CHECK_THROWS_WITH(DensityMap(atoms, occupancies, 15, 2),
                    contains("around 1000 atoms have more than 67108864 voxels") &&
                        contains("--density-check-voxel-size"));
  // The same atoms close together.
  for (auto& atom : atoms) atom /= 100;
  CHECK(DensityMap(atoms, occupancies, 15, 2).max() > 0);
}

TEST_CASE("A density map can be asked for any point") {
  const std::vector<Vector3d> atom = {{1, 1, 1}};
  const DensityMap map(atom, std::vector<double>{1}, 3, 2);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double x : {1e308, -1e308, kInfinity, -kInfinity, kInfinity - kInfinity})
    CHECK(map.at({1, x, 1}) == 0);
}

TEST_CASE("A density map sums occupancies, and is 0 everywhere without atoms") {
  const std::vector<Vector3d> atom = {{1, 1, 1}};
  CHECK(DensityMap(atom, std::vector<double>{0.5}, 3, 2).max() ==
        Approx(DensityMap(atom, std::vector<double>{1.0}, 3, 2).max() / 2));
  const DensityMap empty({}, {}, 15, 2);
  CHECK(empty.max() == 0);
  CHECK(empty.at({0, 0, 0}) == 0);
}
