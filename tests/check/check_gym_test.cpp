#include "check/check_gym.h"

#include <algorithm>

#include "catch.h"
#include "database/gym_writer.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

namespace {

constexpr const char* kChain = "A";

/// A database of two structures with two zones and two cubes of one atom each.
std::filesystem::path write_gym(const testing::TemporaryFolder& folder) {
  const auto path = folder.path() / "gym.sqlite";
  GymWriter writer(path, {{"atom_inclusion_radius_A", "30.0"},
                          {"atom_tile_edge_A", "24.0"},
                          {"cath_labels", "[]"},
                          {"density_check_radius_A", "15.0"},
                          {"density_check_voxel_size_A", "2.0"},
                          {"neighbor_count_threshold", "1"},
                          {"neighbor_distance_A", "30.0"},
                          {"nonbiological_residues", "[\"HOH\"]"},
                          {"polymer_labels", "[\"polypeptide(L)\"]"},
                          {"zone_size_A", "10.0"}});
  // As of files that cannot be read: the shortest census.
  const std::string census = R"({"id":"","own":false,"rejected":["read","is empty"]})";
  writer.begin(
      {{"1abc.cif", 1, 0, 0, "1abc.cif", census}, {"2abc.cif", 1, 0, 0, "2abc.cif", census}},
      {{30, 0, 0}, {0, 30, 0}});
  std::int64_t rank = 0;
  for (const char* pdb_id : {"1abc", "2abc"}) {
    AssemblyRows assembly{"1", 2, {}, {}};
    for (int i = 0; i < 2; ++i) {
      assembly.zones.push_back({{24.0 * i + 5, 5, 5}, {i}, {{kChain, 0}}, {}});
      const Eigen::Vector3i tile(i, 0, 0);
      DrawingAtoms atoms{{24.0 * i + 1}, {2}, {3}, {1}, {6}, {kIsPolymer}};
      AtomAnnotations annotation;
      annotation.residues = {{kChain, kChain, "1", "ALA", "1", 1, 0, 0, {}}};
      annotation.residue = {0};
      annotation.name = {"CA"};
      annotation.alt_id = {0};
      annotation.b_factor = {20};
      assembly.tiles.push_back({tile, encode_drawing(tile, atoms), encode_annotation(annotation)});
    }
    StructureRows structure{pdb_id, "1", {assembly}, ++rank};
    // 1abc comes before 2abc by its resolution.
    structure.quality.resolution_bin = static_cast<int>(rank);
    writer.write({{structure}, {}});
  }
  writer.finish();
  return path;
}

CheckResult check(const std::filesystem::path& path) {
  return check_gym(path, [](auto, auto) {});
}

/// The findings after an SQL statement has changed the database.
std::vector<std::string> findings_after(const std::string& change) {
  const testing::TemporaryFolder folder;
  const auto path = write_gym(folder);
  Connection(path, Connection::Mode::read_write).execute(change);
  return check(path).lines;
}

}  // namespace

TEST_CASE("A database that is correct has no findings") {
  const testing::TemporaryFolder folder;
  const auto path = write_gym(folder);
  std::uint64_t last = 0;
  const CheckResult result = check_gym(path, [&](std::uint64_t done, std::uint64_t total) {
    CHECK(done == last + 1);
    CHECK(total == 4);
    last = done;
  });
  CHECK(last == 4);
  CHECK(result.lines == std::vector<std::string>{});
  CHECK(result.problems == 0);
  CHECK(result.assemblies == 2);
  CHECK(result.zones == 4);
  CHECK(result.read.tiles == 4);
  CHECK(result.read.atoms == 4);
  CHECK(result.read.lost_tiles == 0);
}

TEST_CASE("Each kind of damage is found and named") {
  const auto [change, finding] = GENERATE(values<std::pair<std::string, std::string>>({
      {"UPDATE zone SET center_x_A = 9e999 WHERE id = 2",
       "zone.center_x_A: 1 value of the wrong type or out of range, first where rowid is 2"},
      {"UPDATE zone SET center_y_A = 'y'", "zone.center_y_A: 4 values of the wrong type"},
      {"UPDATE structure SET r_free = 'low' WHERE id = 2", "structure.r_free: 1 value"},
      {"UPDATE structure SET pdb_id = hex(zeroblob(5000)) WHERE id = 1",
       "structure.pdb_id: 1 value"},
      {"UPDATE zone SET assembly_id = 9 WHERE id = 1", "zone: 1 row refers to rows of assembly"},
      {"UPDATE zone_neighbor SET neighbor_id = 7 WHERE zone_id = 1", "rows of neighbor that do"},
      {"DELETE FROM zone_neighbor WHERE zone_id = 3", "zone 3: has no neighbors"},
      {"UPDATE neighbor SET id = 5 WHERE id = 1", "the table neighbor has no row with id 1"},
      {"UPDATE neighbor SET offset_x_A = 0 WHERE id = 0", "neighbor 0 has no direction"},
      {"UPDATE structure SET rank = 1 WHERE id = 2",
       "structure 2abc: its rank is 1, but better structures have ranks to 1"},
      {"UPDATE assembly SET atom_count = 1 WHERE id = 2",
       "assembly 2abc/1: has 2 stored atoms, more than its atom_count of 1"},
      {"UPDATE atom_tile SET drawing = substr(drawing, 1, 9) WHERE assembly_id = 1 AND x = 1",
       "tile (1, 0, 0) of assembly 1: an atom tile is cut short"},
      {"UPDATE atom_annotation SET annotation = x'07' WHERE assembly_id = 2 AND x = 0",
       "tile (0, 0, 0) of assembly 2: an atom tile has a layout unknown"},
      {"DELETE FROM atom_annotation WHERE assembly_id = 2 AND x = 0",
       "tile (0, 0, 0) of assembly 2: its annotation has another number of atoms"},
      {"DELETE FROM atom_tile WHERE assembly_id = 2 AND x = 0",
       "assembly 2abc/1: has annotations for 2 tiles, but 1 tiles of atoms"},
      {"DELETE FROM atom_tile; DELETE FROM atom_annotation", "zone 4: has no atoms"},
      {"UPDATE metadata SET value = '[]' WHERE key = 'polymer_labels'", "it has an unknown label"},
      {"UPDATE metadata SET value = '[1]' WHERE key = 'polymer_labels'",
       "metadata 'polymer_labels' is not a list of texts"},
      {"UPDATE metadata SET value = '1e999' WHERE key = 'zone_size_A'",
       "metadata 'zone_size_A' is not a positive number"},
      {"DELETE FROM metadata WHERE key = 'zone_size_A'", "metadata has no 'zone_size_A'"},
      {"UPDATE metadata SET value = '20000' WHERE key = 'density_check_radius_A'",
       "'density_check_radius_A' is more than 50 times"},
      {"UPDATE zone SET center_z_A = 6 WHERE id = 1", "metadata 'database_id' is not the id"},
      {"INSERT INTO split VALUES (1, 'train'); UPDATE structure SET split_id = 1 WHERE id = 1",
       "metadata 'database_id' is not the id"},
      {"UPDATE structure SET split_id = 3 WHERE id = 1",
       "structure: 1 row refers to rows of split"},
  }));
  CAPTURE(change);
  const auto lines = findings_after(change);
  const std::string& wanted = finding;
  CAPTURE(lines);
  CHECK(std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    return line.find(wanted) != std::string::npos;
  }));
}

TEST_CASE("What is kept of an input for merging is checked") {
  const auto lines = findings_after("UPDATE input SET census = '{' WHERE id = 1");
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find("input 1: input.census is not valid") != std::string::npos);
}

TEST_CASE("A lost tile is counted with its assembly and zones") {
  const testing::TemporaryFolder folder;
  const auto path = write_gym(folder);
  Connection(path, Connection::Mode::read_write)
      .execute("UPDATE atom_tile SET drawing = x'' WHERE assembly_id = 2 AND x = 0");
  const CheckResult result = check(path);
  CHECK(result.problems == 1);
  CHECK(result.read.tiles == 4);
  CHECK(result.read.atoms == 3);
  CHECK(result.read.lost_tiles == 1);
  CHECK(result.read.assemblies_with_loss == 1);
  CHECK(result.read.zones_with_loss == 2);
}

TEST_CASE("Of many findings of a kind, the first are listed and all are counted") {
  Findings findings("gym.sqlite");
  findings.begin_kind();
  for (int i = 0; i < 25; ++i) findings.add("gym.sqlite is damaged: " + std::to_string(i));
  findings.begin_kind();
  findings.add("another");
  CHECK(findings.count() == 26);
  const auto lines = findings.take();
  REQUIRE(lines.size() == 22);
  CHECK(lines[19] == "19");
  CHECK(lines[20] == "... and 5 more like these");
  CHECK(lines[21] == "another");
}
