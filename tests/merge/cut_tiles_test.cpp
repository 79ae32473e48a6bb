#include "merge/cut_tiles.h"

#include <random>

#include "build/gym_rows.h"
#include "catch.h"
#include "data_sample.h"
#include "database/tile_codec.h"
#include "inputs/read_file.h"
#include "structure/read_structure.h"
#include "zones/zone_parameters.h"

using namespace mmgym;

TEST_CASE("Tiles that are cut for some of the zones are those that are made for them") {
  const Structure structure =
      read_structure(read_file(testing::data_sample("2xhe")), "2xhe.cif.gz");
  const Assembly assembly = build_assembly(structure, structure.assemblies.front());
  ZoneParameters parameters;
  parameters.atom_inclusion_radius_A = 12;
  parameters.atom_inclusion_boundary_depth_A = 2.5;
  std::mt19937 random(1);
  std::uniform_int_distribution<std::size_t> any_atom(0, assembly.atom_count() - 1);
  std::vector<Zone> zones(12);
  for (Zone& zone : zones) zone.center_A = assembly.positions_A[any_atom(random)];

  const AssemblyRows all = assembly_rows(assembly, zones, parameters, {});
  std::size_t cut = 0;
  for (int trial = 0; trial < 20; ++trial) {
    std::shuffle(zones.begin(), zones.end(), random);
    const std::vector<Zone> some(zones.begin(), zones.begin() + 1 + trial % 11);
    const AssemblyRows expected = assembly_rows(assembly, some, parameters, {});
    std::vector<Eigen::Vector3d> centers_A;
    for (const Zone& zone : some) centers_A.push_back(zone.center_A);
    auto tiles = all.tiles;
    const auto found = cut_tiles(std::move(tiles), centers_A, parameters.atom_inclusion_radius_A,
                                 parameters.atom_inclusion_boundary_depth_A);
    REQUIRE(found.size() == expected.tiles.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].tile == expected.tiles[i].tile);
      CHECK(found[i].drawing == expected.tiles[i].drawing);
      CHECK(found[i].annotation == expected.tiles[i].annotation);
    }
    cut += all.tiles.size() - found.size();
  }
  CHECK(cut > 0);
}
