#include <algorithm>
#include <filesystem>

#include "catch.h"
#include "database/gym_reader.h"
#include "database/gym_writer.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

namespace {

StructureRows structure_rows(const std::string& pdb_id, int zones) {
  AssemblyRows assembly{"1", 100, {}, {}};
  for (int i = 0; i < zones; ++i)
    assembly.zones.push_back(
        {{1.5 * i, -2, 3}, {0, i % 3 + 1}, {{"A", 0}, {"B", 1}}, {{{"A", 0}, {"B", 1}}}});
  DrawingAtoms atoms;
  atoms.x_A = {1};
  atoms.y_A = {2};
  atoms.z_A = {-3};
  atoms.occupancy = {0.5F};
  atoms.element = {8};
  atoms.flags = {kIsPolymer};
  AtomAnnotations annotation;
  annotation.residues.resize(1);
  annotation.residue = {0};
  annotation.name = {"O"};
  annotation.alt_id = {0};
  annotation.b_factor = {1};
  // As many as make an index worth its while: SQLite scans a table of a few rows.
  for (int x = 0; x < 50; ++x) {
    const Eigen::Vector3i tile(x, 0, -1);
    atoms.x_A = {x * kAtomTileEdge_A + 1};
    assembly.tiles.push_back({tile, encode_drawing(tile, atoms), encode_annotation(annotation)});
  }
  return {pdb_id, "1", {assembly}};
}

const std::vector<Eigen::Vector3d> kOffsets = {{30, 0, 0}, {0, 30, 0}, {0, 0, 30}, {-30, 0, 0}};

const std::vector<InputFile> kInputs = {{"1abc.cif", 10}, {"2abc.cif", 20}, {"x.cif", 30}};
const Metadata kMetadata = {{"zone_size_A", "10"}};

InputOutcome outcome(const std::string& pdb_id, int zones) {
  return {pdb_id, {structure_rows(pdb_id, zones)}, {}};
}

const InputOutcome kRejected = {"", {}, {{"x.cif", "", "", "read", "it is empty"}}};

void write_gym(const std::filesystem::path& path) {
  GymWriter writer(path, kMetadata, kInputs, kOffsets);
  writer.write(outcome("1abc", 3));
  writer.write(outcome("2abc", 2));
  writer.write(kRejected);
  writer.finish();
}

std::string query_plan(Connection& connection, const std::string& sql) {
  Statement statement(connection, "EXPLAIN QUERY PLAN " + sql);
  std::string plan;
  for (bool row = statement.first_row(); row; row = statement.next_row())
    plan += std::string(statement.text(3)) + "\n";
  return plan;
}

}  // namespace

TEST_CASE("What is written to a gym database is read from it") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  write_gym(path);

  GymReader reader(path);
  CHECK(reader.metadata("zone_size_A") == "10");
  CHECK_THROWS_WITH(reader.metadata("nothing"), contains("'nothing'"));
  CHECK(reader.zone_ids() == std::vector<std::int64_t>{1, 2, 3, 4, 5});
  CHECK(reader.neighbor_offsets_A() == kOffsets);
  const auto zone = reader.zone(4);
  CHECK(zone.structure_pdb_id == "2abc");
  CHECK(zone.assembly_pdb_id == "1");
  CHECK(zone.split.empty());
  CHECK(reader.zone(2).center_A == Eigen::Vector3d(1.5, -2, 3));
  CHECK_THROWS_WITH(reader.zone(99), contains("99"));
  std::vector<int> neighbors;
  reader.zone_neighbors(3, neighbors);
  CHECK(neighbors == std::vector<int>{0, 3});
  DrawingAtoms atoms;
  std::vector<int> places;
  reader.read_column(zone.assembly_id, 0, 0, -3, 5, [&](int z, std::span<const std::uint8_t> blob) {
    places.push_back(z);
    mmgym::decode_drawing({0, 0, z}, blob, atoms);
  });
  CHECK(places == std::vector<int>{-1});
  reader.read_column(zone.assembly_id, 0, 0, 0, 5,
                     [&](int z, std::span<const std::uint8_t>) { places.push_back(z); });
  CHECK(places.size() == 1);
  REQUIRE(atoms.size() == 1);
  CHECK(atoms.z_A[0] == -3);
  const auto counts = reader.counts();
  CHECK(counts.structures == 2);
  CHECK(counts.zones == 5);
  CHECK(counts.zone_neighbors == 10);
  CHECK(counts.rejected == 1);
}

TEST_CASE("Every look-up that sampling makes is a search, not a scan") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  write_gym(path);
  Connection connection(path, Connection::Mode::read_only);
  for (const char* sql : {
           "SELECT neighbor_id FROM zone_neighbor WHERE zone_id = ?",
           "SELECT assembly_id FROM zone WHERE id = ?",
           "SELECT id FROM zone WHERE assembly_id = ?",
           "SELECT zone.id FROM split JOIN structure ON structure.split_id = split.id JOIN "
           "assembly "
           "ON assembly.struct_id = structure.id JOIN zone ON zone.assembly_id = assembly.id WHERE "
           "split.name = ?",
           "SELECT drawing FROM atom_tile WHERE assembly_id = ? AND x = ? AND y = ? AND z = ?",
       }) {
    CAPTURE(sql);
    const std::string plan = query_plan(connection, sql);
    CHECK_THAT(plan, contains("SEARCH"));
    CHECK(plan.find("SCAN") == std::string::npos);
  }
}

TEST_CASE("A database has its name only when it is whole, and then nothing is left beside it") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  {
    GymWriter writer(path, kMetadata, kInputs, kOffsets);
    writer.write(outcome("1abc", 1));
    CHECK_FALSE(std::filesystem::exists(path));
  }
  std::filesystem::remove(path.string() + ".partial");
  write_gym(path);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("A writer goes on where the last one stopped") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  {
    GymWriter writer(path, kMetadata, kInputs, kOffsets);
    CHECK(writer.inputs_done() == 0);
    writer.write(outcome("1abc", 3));
  }
  {
    GymWriter writer(path, kMetadata, kInputs, kOffsets);
    CHECK(writer.inputs_done() == 1);
    CHECK(writer.counts().zones == 3);
    writer.write(outcome("2abc", 2));
    writer.write(kRejected);
  }
  GymWriter writer(path, kMetadata, kInputs, kOffsets);
  CHECK(writer.inputs_done() == 3);
  writer.finish();
  GymReader reader(path);
  CHECK(reader.counts().zones == 5);
  CHECK(reader.counts().rejected == 1);
}

TEST_CASE("A build in progress is not gone on with other parameters or inputs") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  GymWriter(path, kMetadata, kInputs, kOffsets).write(outcome("1abc", 3));
  CHECK_THROWS_WITH(GymWriter(path, {{"zone_size_A", "12"}}, kInputs, kOffsets),
                    contains("zone_size_A is 10 there, 12 here") && contains(".partial"));
  auto inputs = kInputs;
  inputs[1].size = 21;
  CHECK_THROWS_WITH(GymWriter(path, kMetadata, inputs, kOffsets),
                    contains("number 2 is 2abc.cif (20 bytes) there, 2abc.cif (21 bytes) here"));
  inputs = kInputs;
  inputs.pop_back();
  CHECK_THROWS_WITH(GymWriter(path, kMetadata, inputs, kOffsets), contains("their number"));
  CHECK(GymWriter(path, kMetadata, kInputs, kOffsets).inputs_done() == 1);
}

TEST_CASE("Of structures with one PDB id the first is kept, even if it had no zones") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  GymWriter writer(path, kMetadata, kInputs, kOffsets);
  writer.write({"1abc", {}, {{"1abc.cif", "1abc", "1", "zones", "not dense"}}});
  const auto rejected = writer.write(outcome("1abc", 2));
  REQUIRE(rejected.size() == 1);
  CHECK(rejected[0].path == "2abc.cif");
  CHECK_THAT(rejected[0].reason, contains("already read from 1abc.cif"));
  CHECK(writer.counts().zones == 0);
  CHECK(writer.counts().rejected == 2);
}

TEST_CASE("Two processes cannot write one database") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  GymWriter writer(path, kMetadata, kInputs, kOffsets);
  CHECK_THROWS_WITH(GymWriter(path, kMetadata, kInputs, kOffsets), contains("another process"));
}

TEST_CASE("An input is written as a whole or not at all") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  GymWriter writer(path, kMetadata, kInputs, kOffsets);
  auto broken = outcome("1abc", 2);
  broken.structures[0].assemblies[0].zones[1].neighbors = {99, 99};  // no row is there twice
  CHECK_THROWS_AS(writer.write(broken), DatabaseError);
  CHECK(writer.counts().structures == 0);
  CHECK(writer.counts().zones == 0);
  CHECK(writer.inputs_done() == 0);
  writer.write(outcome("1abc", 2));
  CHECK(writer.counts().zones == 2);
}

TEST_CASE("A file that is not our database, or is of another schema, is refused") {
  const testing::TemporaryFolder folder;
  CHECK_THROWS_WITH(GymReader(folder.path() / "none.sqlite"), contains("no such file"));
  CHECK_THROWS_WITH(GymReader(folder.write("text.sqlite", std::string(5000, 'x'))),
                    contains("not a gym database"));
  const auto other = folder.path() / "other.sqlite";
  Connection(other, Connection::Mode::create).execute("CREATE TABLE t (x)");
  CHECK_THROWS_WITH(GymReader(other), contains("not a gym database"));

  const auto newer = folder.path() / "newer.sqlite";
  write_gym(newer);
  Connection(newer, Connection::Mode::read_write).execute("PRAGMA user_version = 999");
  CHECK_THROWS_WITH(GymReader(newer), contains("schema version 999") && contains("newer mmgym"));
}
