#include <algorithm>
#include <filesystem>

#include "catch.h"
#include "database/gym_reader.h"
#include "database/gym_writer.h"
#include "folder_content.h"
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
  // Enough rows for an index: SQLite scans small tables.
  for (int x = 0; x < 50; ++x) {
    const Eigen::Vector3i tile(x, 0, -1);
    atoms.x_A = {x * kAtomTileEdge_A + 1};
    assembly.tiles.push_back({tile, encode_drawing(tile, atoms), encode_annotation(annotation)});
  }
  return {pdb_id, "1", {assembly}};
}

const std::vector<Eigen::Vector3d> kOffsets = {{30, 0, 0}, {0, 30, 0}, {0, 0, 30}, {-30, 0, 0}};

const std::vector<InputFile> kInputs = {
    {"1abc.cif", 10, 1, 7}, {"2abc.cif", 20, 0xffffffff, 0}, {"x.cif", 30, 3, 0}};
const Metadata kMetadata = {{"zone_size_A", "10"}, {"written_by", "\"version 1\""}};

/// A writer that has begun or continued a build.
struct Writer : GymWriter {
  explicit Writer(const std::filesystem::path& path, const Metadata& metadata = kMetadata,
                  const std::vector<InputFile>& inputs = kInputs)
      : GymWriter(path, metadata) {
    begin(inputs, kOffsets);
  }
};

InputOutcome outcome(const std::string& pdb_id, int zones) {
  return {{structure_rows(pdb_id, zones)}, {}};
}

const InputOutcome kRejected = {{}, {{"x.cif", "", "", "read", "it is empty"}}};

void write_gym(const std::filesystem::path& path) {
  Writer writer(path);
  writer.write(outcome("1abc", 3));
  writer.write(outcome("2abc", 2));
  writer.write(kRejected);
  writer.finish();
}

GymCounts counts_of(const std::filesystem::path& path) {
  GymReader reader(path);
  return count_rows(reader.connection());
}

bool is_empty(const testing::TemporaryFolder& folder) {
  return std::filesystem::is_empty(folder.path());
}

}  // namespace

TEST_CASE("A gym database is read as it was written") {
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
  const auto counts = count_rows(reader.connection());
  CHECK(counts.structures == 2);
  CHECK(counts.zones == 5);
  CHECK(counts.zone_neighbors == 10);
  CHECK(counts.rejected == 1);
}

TEST_CASE("A database gets its name when it is complete, and no other file is left") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  {
    Writer writer(path);
    writer.write(outcome("1abc", 1));
    CHECK_FALSE(std::filesystem::exists(path));
  }
  std::filesystem::remove(path.string() + ".partial");
  write_gym(path);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("A writer continues where the last one stopped") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  {
    Writer writer(path);
    CHECK(writer.inputs_done() == 0);
    writer.write(outcome("1abc", 3));
  }
  {
    Writer writer(path);
    CHECK(writer.inputs_done() == 1);
    CHECK(writer.counts().zones == 3);
    writer.write(outcome("2abc", 2));
    writer.write(kRejected);
  }
  Writer writer(path);
  CHECK(writer.inputs_done() == 3);
  writer.finish();
  GymReader reader(path);
  CHECK(count_rows(reader.connection()).zones == 5);
  CHECK(count_rows(reader.connection()).rejected == 1);
}

TEST_CASE("A build in progress is not continued with other parameters or inputs") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  Writer(path).write(outcome("1abc", 3));
  CHECK_THROWS_WITH(GymWriter(path, {{"zone_size_A", "12"}}),
                    contains("zone_size_A is 10 there, 12 here") && contains(".partial"));
  CHECK_THROWS_WITH(GymWriter(path, {{"zone_size_A", "10"}, {"new", "1"}}),
                    contains("new is not set there, 1 here"));
  CHECK_THROWS_WITH(GymWriter(path, {}), contains("zone_size_A is 10 there, not set here"));
  const auto resume = [&path](std::size_t i, const InputFile& input) {
    auto inputs = kInputs;
    inputs[i] = input;
    return Writer(path, kMetadata, inputs).inputs_done();
  };
  CHECK_THROWS_WITH(resume(1, {"2abc.cif", 21, 0xffffffff, 0}),
                    contains("number 2 is 2abc.cif (20 bytes) there, 2abc.cif (21 bytes) here"));
  CHECK_THROWS_WITH(resume(1, {"2abc.cif.gz", 20, 0xffffffff, 0}), contains("2abc.cif.gz"));
  CHECK_THROWS_WITH(resume(1, {"2abc.cif", 20, 2, 0}),
                    contains("number 2 is 2abc.cif, which has changed"));
  CHECK_THROWS_WITH(resume(0, {"1abc.cif", 10, 1, 8}),
                    contains("number 1 is 1abc.cif, whose validation report has changed"));
  auto inputs = kInputs;
  inputs.pop_back();
  CHECK_THROWS_WITH(Writer(path, kMetadata, inputs), contains("there are 3 there, 2 here"));
  CHECK(Writer(path).inputs_done() == 1);
}

TEST_CASE("Another version continues a build, and the finished database names it") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  write_gym(folder.path() / "by_one.sqlite");
  Writer(path).write(outcome("1abc", 3));
  Metadata metadata = kMetadata;
  metadata["written_by"] = "\"version 2\"";
  {
    Writer writer(path, metadata);
    REQUIRE(writer.inputs_done() == 1);
    writer.write(outcome("2abc", 2));
    writer.write(kRejected);
    writer.finish();
  }
  CHECK(GymReader(path).metadata("written_by") == "\"version 2\"");
  CHECK(GymReader(path).metadata("database_id") ==
        GymReader(folder.path() / "by_one.sqlite").metadata("database_id"));
}

TEST_CASE("A path where no database can be created is refused and left unchanged") {
  const testing::TemporaryFolder folder;
  const auto refuses = [](const std::filesystem::path& path, const std::string& reason) {
    CHECK_THROWS_AS(GymWriter(path, kMetadata), WriteError);
    CHECK_THROWS_WITH(GymWriter(path, kMetadata), "cannot write " + path.string() + ": " + reason);
  };
  refuses(folder.path(), "Is a directory");
  refuses(folder.path() / "none" / "gym.sqlite", "No such file or directory");
  CHECK(is_empty(folder));
  refuses(folder.write("file", "") / "gym.sqlite", "Not a directory");

  const std::string notes(5000, 'x');
  const auto text = folder.write("text.sqlite.partial", notes);
  CHECK_THROWS_WITH(GymWriter(folder.path() / "text.sqlite", kMetadata),
                    contains("text.sqlite.partial: not a build in progress"));
  CHECK(testing::slurp(text) == notes);
  const auto other = folder.path() / "other.sqlite.partial";
  Connection(other, Connection::Mode::create).execute("CREATE TABLE t (x)");
  const std::string before = testing::slurp(other);
  CHECK_THROWS_WITH(GymWriter(folder.path() / "other.sqlite", kMetadata),
                    contains("other.sqlite.partial: not a build in progress"));
  CHECK(testing::slurp(other) == before);
}

TEST_CASE("A writer that begins no build leaves no file") {
  const testing::TemporaryFolder folder;
  { GymWriter writer(folder.path() / "gym.sqlite", kMetadata); }
  CHECK(is_empty(folder));
}

TEST_CASE("Two processes cannot write one database") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  GymWriter writer(path, kMetadata);
  CHECK_THROWS_WITH(GymWriter(path, kMetadata), contains("another process"));
}

TEST_CASE("An input is written as a whole or not at all") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  Writer writer(path);
  auto broken = outcome("1abc", 2);
  broken.structures[0].assemblies[0].zones[1].neighbors = {99, 99};  // duplicate rows are refused
  CHECK_THROWS_AS(writer.write(broken), RefusedRow);
  CHECK(writer.counts().structures == 0);
  CHECK(writer.counts().zones == 0);
  CHECK(writer.inputs_done() == 0);
  writer.write(outcome("1abc", 2));
  CHECK(writer.counts().zones == 2);
}

TEST_CASE("The journal of a replaced database is not applied to the new one") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  write_gym(path);
  const std::string expected = testing::slurp(path);
  folder.write("gym.sqlite-journal", "of the old one");
  write_gym(path);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  CHECK(testing::slurp(path) == expected);
}

TEST_CASE("A database that cannot be renamed is a WriteError and can be finished later") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  Writer writer(path);
  writer.write(outcome("1abc", 3));
  writer.write(outcome("2abc", 2));
  writer.write(kRejected);
  std::filesystem::create_directory(path);  // after the writer was created
  CHECK_THROWS_AS(writer.finish(), WriteError);
  std::filesystem::remove(path);
  Writer(path).finish();
  CHECK(counts_of(path).zones == 5);
}
