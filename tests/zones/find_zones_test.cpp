#include "zones/find_zones.h"

#include <cmath>
#include <memory>

#include "catch.h"
#include "every_subchain.h"
#include "golden.h"
#include "inputs/read_file.h"
#include "structure/read_structure.h"
#include "zones/zone_grid.h"

using Eigen::Vector3d;
using mmgym::Assembly;
using mmgym::find_zones;
using mmgym::neighbor_offsets_A;
using mmgym::ZoneParameters;
using mmgym::testing::contains;
using mmgym::testing::every_subchain;

namespace {

mmgym::Structure sample_structure(const std::string& name) {
  const auto path = std::filesystem::path(MMGYM_SOURCE_DIR) / "data-samples" / name;
  return mmgym::read_structure(mmgym::read_file(path), name);
}

/// Calls visit(point_A) for every point of the grid.
template <typename Visit>
void for_each_zone_point(std::span<const Vector3d> atoms_A, double spacing_A, Visit visit) {
  const mmgym::ZoneGrid grid(atoms_A, spacing_A);
  const auto& [first, last] = grid.box();
  for (int i = first[0]; i <= last[0]; ++i)
    for (int j = first[1]; j <= last[1]; ++j)
      for (int k = first[2]; k <= last[2]; ++k) visit(grid.point_A({i, j, k}));
}

/// An assembly of carbon atoms, all of one residue.
struct Carbons {
  explicit Carbons(const std::vector<Vector3d>& positions_A) {
    structure.subchains.emplace_back();
    structure.residues.emplace_back().subchain = 0;
    for (const auto& position_A : positions_A) {
      mmgym::Atom& atom = structure.atoms.emplace_back();
      atom.position_A = position_A;
      atom.occupancy = 1;
      atom.element = 6;
      atom.residue = 0;
    }
    using Subchains = mmgym::AssemblyRecipe::Subchains;
    const auto all = std::make_shared<const Subchains>(Subchains{0});
    assembly = build_assembly(structure, {"1", {{Eigen::Affine3d::Identity(), all}}});
  }
  mmgym::Structure structure;
  Assembly assembly;
};

/// Returns the voxels of a sphere by counting 40^3 points in each, without the closed form.
std::vector<double> counted_sphere(int edge, double radius) {
  const int fine = 40;
  std::vector<double> voxels;
  double sum = 0;
  for (int x = 0; x < edge; ++x)
    for (int y = 0; y < edge; ++y)
      for (int z = 0; z < edge; ++z) {
        int inside = 0;
        for (int i = 0; i < fine; ++i)
          for (int j = 0; j < fine; ++j)
            for (int k = 0; k < fine; ++k) {
              const Vector3d p =
                  Vector3d(x + (i + 0.5) / fine, y + (j + 0.5) / fine, z + (k + 0.5) / fine)
                      .array() -
                  edge / 2.0;
              if (p.norm() < radius) ++inside;
            }
        voxels.push_back(inside);
        sum += inside;
      }
  for (double& voxel : voxels) voxel /= sum;
  return voxels;
}

/// Returns the density at a point, summed over atoms and corners.
double counted_density(const Assembly& assembly, const std::vector<double>& sphere,
                       const Vector3d& point) {
  const int edge = 15;
  double density = 0;
  for (std::size_t n = 0; n < assembly.atom_count(); ++n) {
    const Eigen::Array3d atom_voxel = (assembly.positions_A[n] / 2).array().floor();
    for (int corner = 0; corner < 8; ++corner) {
      const Eigen::Array3d from_center = point.array() / 2 - 0.5;
      Eigen::Array3d voxel = from_center.floor();
      const Eigen::Array3d t = from_center - voxel;
      double weight = 1;
      for (int k = 0; k < 3; ++k) {
        const bool upper = (corner >> k & 1) != 0;
        weight *= upper ? t[k] : 1 - t[k];
        voxel[k] += upper ? 1 : 0;
      }
      const Eigen::Array3i d = (voxel - atom_voxel).cast<int>() + edge / 2;
      if ((d < 0).any() || (d >= edge).any()) continue;
      density += weight * assembly.atom(n).occupancy *
                 sphere[(d.x() * edge + d.y()) * edge + d.z()] * 1000 / 8;
    }
  }
  return density;
}

}  // namespace

TEST_CASE("Zones and neighbors agree with a brute-force search") {
  const auto structure = sample_structure("6wqa.cif.gz");
  const Assembly assembly = build_assembly(structure, structure.assemblies[0]);
  const ZoneParameters parameters;
  const auto offsets = neighbor_offsets_A(parameters);
  const auto search = find_zones(assembly, every_subchain(structure), parameters, offsets);
  const auto sphere = counted_sphere(15, 7.5);

  // All densities of this entry differ from the threshold by more than the error of 0.01 from
  // counting points.
  std::size_t points = 0;
  std::size_t dense = 0;
  std::vector<Vector3d> centers;
  std::vector<std::vector<int>> neighbors;
  for_each_zone_point(assembly.positions_A, 10, [&](const Vector3d& point) {
    ++points;
    if (counted_density(assembly, sphere, point) <= 35) return;
    ++dense;
    std::vector<int> ids;
    for (std::size_t i = 0; i < offsets.size(); ++i)
      if (counted_density(assembly, sphere, point + offsets[i]) > 35)
        ids.push_back(static_cast<int>(i));
    if (ids.empty()) return;
    centers.push_back(point);
    neighbors.push_back(ids);
  });
  CHECK(search.points_tested == points);
  CHECK(search.points_dense == dense);
  REQUIRE(search.zones.size() == centers.size());
  REQUIRE(!centers.empty());
  for (std::size_t i = 0; i < centers.size(); ++i) {
    const auto& zone = search.zones[i];
    CHECK((zone.center_A - centers[i]).norm() < 1e-9);
    CHECK(zone.neighbors == neighbors[i]);

    double nearby = 0;
    std::map<std::uint32_t, double> by_subchain;
    for (std::size_t n = 0; n < assembly.atom_count(); ++n)
      if ((assembly.positions_A[n] - zone.center_A).norm() <= 8) {
        nearby += assembly.atom(n).occupancy;
        by_subchain[structure.residues[assembly.atom(n).residue].subchain] +=
            assembly.atom(n).occupancy;
      }
    for (const auto& [subchain, occupancy] : by_subchain) {
      const bool listed = std::find(zone.subchains.begin(), zone.subchains.end(),
                                    mmgym::SubchainCopy{subchain, 0}) != zone.subchains.end();
      if (occupancy / nearby >= 0.75) CHECK(listed);
    }
  }
}

TEST_CASE("The zone grid covers the atoms and leaves no empty layer") {
  // Along x from -14 to 16 around a mean of 0: two steps up ((16 - 5) / 10 > 1), one down.
  std::vector<Vector3d> atoms = {{16, 0, 0},   {-14, 0, 0}, {-2, 0.5, 0},
                                 {0, -0.5, 0}, {0, 0, 0.1}, {0, 0, -0.1}};
  std::vector<double> xs;
  for_each_zone_point(atoms, 10, [&](const Vector3d& point) { xs.push_back(point.x()); });
  REQUIRE(xs.size() == 4);
  const double margin = 0.1;
  CHECK(xs[0] == Approx(-10).margin(margin));
  CHECK(xs[3] == Approx(20).margin(margin));
}

TEST_CASE("The reason is reported for an assembly without zones") {
  ZoneParameters parameters;
  const auto offsets = neighbor_offsets_A(parameters);
  const auto reason = [&](const std::string& name) {
    const auto structure = sample_structure(name);
    return find_zones(build_assembly(structure, structure.assemblies[0]), every_subchain(structure),
                      parameters, offsets)
        .reason;
  };
  CHECK_THAT(reason("1lcd.cif.gz"), contains("too few neighbors"));
  CHECK_THAT(reason("6yfy.cif.gz"), contains("not dense enough"));
  CHECK_THAT(reason("1cbs.cif.gz"), contains("dense neighbor"));
  parameters.density_check_max_atoms_nm3 = 45;
  CHECK_THAT(reason("1cbs.cif.gz"), contains("copies clash"));
  CHECK(find_zones(Assembly{}, {}, parameters, offsets).reason.find("no atoms") !=
        std::string::npos);
}

TEST_CASE("An element is the reason only for an assembly that would have zones without it") {
  ZoneParameters parameters;
  const auto structure = sample_structure("1lcd.cif.gz");
  const Assembly assembly = build_assembly(structure, structure.assemblies[0]);
  const auto search = [&] {
    return find_zones(assembly, every_subchain(structure), parameters,
                      neighbor_offsets_A(parameters));
  };
  parameters.allowed_elements = mmgym::reference_elements();
  CHECK_THAT(search().reason, contains("too few neighbors"));
  CHECK(search().zones_lost == 0);
  parameters.neighbor_count_threshold = 0;
  parameters.density_check_min_atoms_nm3 = 25;
  const auto refused = search();
  CHECK(refused.reason == "elements that are not allowed: NA (1 atoms)");
  CHECK(refused.zones.empty());
  parameters.allowed_elements.clear();
  CHECK(refused.zones_lost == search().zones.size());
  CHECK(refused.zones_lost > 0);
}

TEST_CASE("Residues on the nonbiological list do not count for the density") {
  const auto structure = sample_structure("1cbs.cif.gz");
  const Assembly assembly = build_assembly(structure, structure.assemblies[0]);
  const auto subchains = every_subchain(structure);
  ZoneParameters parameters;
  const double all = find_zones(assembly, subchains, parameters, {}).max_density_atoms_nm3;
  parameters.nonbiological_residues = {"REA", "ALA"};
  const double without = find_zones(assembly, subchains, parameters, {}).max_density_atoms_nm3;
  // Retinoic acid is left out; alanine is part of a polymer and counts.
  CHECK(without < all);
  CHECK(all - without < 2);
}

TEST_CASE("Subchains that do not count are in no zone and in no sum") {
  const auto structure = sample_structure("7cfn.cif.gz");
  const Assembly assembly = build_assembly(structure, structure.assemblies[0]);
  const ZoneParameters parameters;
  const auto offsets = neighbor_offsets_A(parameters);
  const auto all = every_subchain(structure);
  const auto everything = find_zones(assembly, all, parameters, offsets);
  const std::vector<std::uint32_t> two = {all[1], all[0]};
  const auto search = find_zones(assembly, two, parameters, offsets);
  REQUIRE(!search.zones.empty());
  bool has_pair = false;
  for (const auto& zone : search.zones) {
    for (const auto& copy : zone.subchains)
      CHECK((copy.subchain == two[0] || copy.subchain == two[1]));
    for (const auto& [a, b] : zone.pairs) {
      CHECK(a.subchain == two[0]);  // in the order of the subchains that count
      CHECK(b.subchain == two[1]);
      has_pair = true;
    }
  }
  CHECK(has_pair);
  const auto alone = [](const mmgym::ZoneSearch& found, std::uint32_t subchain) {
    return std::count_if(found.zones.begin(), found.zones.end(), [&](const auto& zone) {
      return std::any_of(zone.subchains.begin(), zone.subchains.end(),
                         [&](const auto& copy) { return copy.subchain == subchain; });
    });
  };
  // The fraction of each is greater without the other subchains.
  CHECK(alone(search, two[0]) >= alone(everything, two[0]));
  CHECK(alone(search, two[0]) + alone(search, two[1]) >
        alone(everything, two[0]) + alone(everything, two[1]));
  CHECK_THAT(find_zones(assembly, {}, parameters, offsets).reason, contains("no subchain"));
}

TEST_CASE("Three atoms at the ends of the coordinates are searched like their surroundings") {
  const Carbons far({{99999, 99999, 99999}, {-99999, -99999, 99999}, {99999, -99999, -99999}});
  const std::vector<std::uint32_t> counted = {0};
  ZoneParameters parameters;
  const auto search = find_zones(far.assembly, counted, parameters, {});
  CHECK(search.points_tested > 100000000);
  CHECK_THAT(search.reason, contains("not dense enough"));
  CHECK(search.points_dense == 0);

  // Each atom is in a zone of its own if one atom is enough.
  parameters.density_check_min_atoms_nm3 = 0;
  parameters.neighbor_count_threshold = 0;
  const auto dense = find_zones(far.assembly, counted, parameters, {});
  CHECK(dense.points_dense > 3);
  CHECK(dense.points_dense < 3 * 100);
}

TEST_CASE("Distant copies have the zones of a full search, in the same order") {
  const auto structure = sample_structure("1cbs.cif.gz");
  mmgym::AssemblyRecipe recipe = structure.assemblies[0];
  REQUIRE(recipe.mates.size() == 1);
  for (const Vector3d& shift : {Vector3d(300, 90, -20), Vector3d(-40, 250, 310)}) {
    recipe.mates.push_back(recipe.mates[0]);
    recipe.mates.back().transform.pretranslate(shift);
  }
  const Assembly assembly = build_assembly(structure, recipe);
  ZoneParameters parameters;
  parameters.zone_size_A = 4.5;
  parameters.density_check_min_atoms_nm3 = 0;
  parameters.neighbor_count_threshold = 0;
  parameters.subchain_check_fraction_of_zone = 0;
  const auto search = find_zones(assembly, every_subchain(structure), parameters, {});

  std::vector<Vector3d> positions_A;
  std::vector<double> occupancies;
  for (std::size_t n = 0; n < assembly.atom_count(); ++n) {
    positions_A.push_back(assembly.positions_A[n]);
    occupancies.push_back(assembly.atom(n).occupancy);
  }
  const mmgym::DensityMap density(positions_A, occupancies, parameters.density_check_radius_A,
                                  parameters.density_check_voxel_size_A);
  std::size_t points = 0;
  std::vector<Vector3d> dense;
  for_each_zone_point(positions_A, parameters.zone_size_A, [&](const Vector3d& point) {
    ++points;
    if (density.at(point) > 0) dense.push_back(point);
  });
  CHECK(search.points_tested == points);
  CHECK(search.points_dense == dense.size());
  // Zones are a subsequence of the dense points, and exactly the same numbers.
  auto next = dense.begin();
  for (const auto& zone : search.zones) {
    next = std::find(next, dense.end(), zone.center_A);
    REQUIRE(next != dense.end());
  }
  CHECK(search.zones.size() > 100);
}

TEST_CASE("More points near atoms than the maximum are refused with the name of the flag") {
  const Carbons two({{0, 0, 0}, {500, 0, 0}});
  const std::vector<std::uint32_t> counted = {0};
  ZoneParameters parameters;
  CHECK_NOTHROW(find_zones(two.assembly, counted, parameters, {}));
  parameters.max_grid_points = 1;
  CHECK_THROWS_WITH(find_zones(two.assembly, counted, parameters, {}),
                    contains("more than 1 per atom (2 atoms)") && contains("--max-grid-points") &&
                        contains("--zone-size"));
}

TEST_CASE("Lengths from which a search would not end are refused with the name of the flag") {
  const auto error_of = [](double ZoneParameters::*member, double value) {
    ZoneParameters parameters;
    parameters.*member = value;
    try {
      check(parameters);
    } catch (const mmgym::UsageError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  CHECK(error_of(&ZoneParameters::zone_size_A, 0.5) ==
        "--zone-size: 0.5 is not a number from 1 to 10000");
  using P = ZoneParameters;
  for (const auto member :
       {&P::zone_size_A, &P::density_check_radius_A, &P::density_check_voxel_size_A,
        &P::subchain_check_radius_A, &P::neighbor_distance_A, &P::atom_inclusion_radius_A,
        &P::atom_inclusion_boundary_depth_A})
    for (const double value : {-1.0, 1e308, std::nan(""), HUGE_VAL})
      CHECK_THAT(error_of(member, value), contains(" is not a number from "));
  for (const auto member : {&P::zone_size_A, &P::density_check_radius_A,
                            &P::density_check_voxel_size_A, &P::subchain_check_radius_A})
    CHECK_THAT(error_of(member, 1e-300), contains("1e-300 is not a number from "));
  ZoneParameters parameters;
  parameters.max_grid_points = 0;
  CHECK_THROWS_WITH(check(parameters), contains("--max-grid-points: 0 is not a number from 1"));
}
