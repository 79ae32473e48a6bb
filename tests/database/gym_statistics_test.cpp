#include "database/gym_statistics.h"

#include "catch.h"
#include "database/annotated_atoms.h"
#include "database/gym_writer.h"
#include "temporary_folder.h"

using namespace mmgym;

namespace {

/// Two structures, with 3 zones and with none. The zones have 1, 2 and 1 neighbors.
std::filesystem::path small_gym(const testing::TemporaryFolder& folder) {
  const auto path = folder.path() / "gym.sqlite";
  AssemblyRows assembly{"1", 2, {}, {}};
  for (int i = 0; i < 3; ++i) {
    ZoneRow zone{{1.5 * i, 0, 0}, {0}, {{"A", 0}}, {{{"A", 0}, {"B", 1}}}};
    if (i == 1) zone.neighbors.push_back(1);
    assembly.zones.push_back(zone);
  }
  for (int x = 0; x < 2; ++x) {
    DrawingAtoms atoms;
    atoms.x_A = {x * kAtomTileEdge_A + 1};
    atoms.y_A = {2};
    atoms.z_A = {3};
    atoms.occupancy = {1};
    atoms.element = {8};
    atoms.flags = {kIsPolymer};
    AtomAnnotations annotation;
    annotation.residues.resize(1);
    annotation.residue = {0};
    annotation.name = {x == 0 ? "O" : "OXT"};
    annotation.alt_id = {0};
    annotation.b_factor = {1};
    const Eigen::Vector3i tile(x, 0, 0);
    assembly.tiles.push_back({tile, encode_drawing(tile, atoms), encode_annotation(annotation)});
  }
  GymWriter writer(path, {{"zone_size_A", "10"}});
  writer.begin({{"1abc.cif", 1}, {"2abc.cif", 1}}, {{30, 0, 0}, {0, 30, 0}});
  writer.write({{{"1abc", "1", {assembly}}}, {}});
  writer.write({{{"2abc", "1", {AssemblyRows{"1", 7, {}, {}}}}},
                {{"3abc.cif", "3abc", "", "census", "too blurred"},
                 {"1abc.cif", "1abc", "3", "zones", "too thin"}}});
  writer.finish();
  return path;
}

}  // namespace

TEST_CASE("Statistics count all rows, also in empty tables") {
  const testing::TemporaryFolder folder;
  GymReader reader(small_gym(folder));
  CHECK(rows_by_table(reader).at("zone") == 3);
  CHECK(rows_by_table(reader).at("curriculum") == 0);
  CHECK(zones_by_neighbors(reader) == ValueCounts{{1, 2}, {2, 1}});
  CHECK(structures_by_zones(reader) == ValueCounts{{0, 1}, {3, 1}});
  CHECK(structures_without_zones(reader) == std::vector<std::string>{"2abc"});
  CHECK(assembly_ids(reader).size() == 2);
  CHECK(subchains_of_zones(reader, 1) == std::set<std::pair<std::string, int>>{{"A", 0}, {"B", 1}});
  const auto splits = split_counts(reader);
  REQUIRE(splits.size() == 1);
  CHECK_FALSE(splits[0].name);
  CHECK(splits[0].structures == 2);
  CHECK(splits[0].zones == 3);
}

TEST_CASE("The sizes of tables and indexes add up to most of the file") {
  const testing::TemporaryFolder folder;
  GymReader reader(small_gym(folder));
  const auto parts = storage(reader);
  REQUIRE(parts);  // Debian's SQLite has dbstat
  std::int64_t sum = 0;
  for (const auto& part : *parts) sum += part.bytes;
  CHECK(sum <= database_bytes(reader));
  CHECK(sum > database_bytes(reader) / 2);
}

TEST_CASE("Neighbors are the same with the index and without it") {
  const testing::TemporaryFolder folder;
  const auto path = small_gym(folder);
  GymReader with(path);
  GymReader without(path, NeighborLookup::scan);
  CHECK_THAT(with.zone_neighbors_plan(), testing::contains("SEARCH zone_neighbor"));
  CHECK_THAT(without.zone_neighbors_plan(), testing::contains("SCAN zone_neighbor"));
  for (const std::int64_t zone : with.zone_ids()) {
    std::vector<int> a, b;
    with.zone_neighbors(zone, a);
    without.zone_neighbors(zone, b);
    CHECK(a == b);
    CHECK_FALSE(a.empty());
  }
}

TEST_CASE("Atoms with their annotation are read by assembly and by box") {
  const testing::TemporaryFolder folder;
  GymReader reader(small_gym(folder));
  AnnotatedAtomReader atoms(reader);
  const AssemblyId id = atoms.find_assembly("1ABC", "1");
  CHECK(id.atom_count == 2);
  const AnnotatedAtoms all = atoms.all(id.id);
  REQUIRE(all.size() == 2);
  CHECK(all.annotation.residue[1] == 1);
  const AnnotatedAtoms near = atoms.near_box(id.id, Eigen::Array3d(kAtomTileEdge_A, 0, 0),
                                             Eigen::Array3d(kAtomTileEdge_A + 5, 5, 5));
  REQUIRE(near.size() == 1);
  CHECK(near.annotation.name[0] == "OXT");
  CHECK_THROWS_WITH(atoms.find_assembly("1abc", "2"),
                    testing::contains("no assembly 1abc/2") && testing::contains("has 1abc/1"));
  CHECK_THROWS_WITH(atoms.find_assembly("1abc", "3"), testing::contains("too thin"));
  CHECK_THROWS_WITH(atoms.find_assembly("3ABC", "1"), testing::contains("too blurred"));
  CHECK_THROWS_WITH(atoms.find_assembly("4abc", "1"),
                    testing::contains("not among the input files"));
}
