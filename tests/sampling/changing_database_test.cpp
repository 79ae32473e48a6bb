#include "build_gym.h"
#include "catch.h"
#include "sampling/sample_set.h"
#include "split/split_database.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

namespace {

SampleSource source_of(const std::filesystem::path& database) {
  SampleSource source;
  source.database = database;
  source.parameters = preset("24A");
  source.parameters.length_voxels = 8;
  source.parameters.resolution_A = 3;
  source.split = "all";
  return source;
}

void split(const std::filesystem::path& database, const std::string& name, bool dry_run = false) {
  SplitOptions options;
  options.database = database;
  options.targets = {{name, 1}};
  options.dry_run = dry_run;
  split_database(options);
}

}  // namespace

TEST_CASE("Samples end with an error once the splits of their database have changed") {
  const testing::TemporaryFolder folder;
  const auto database = testing::build_gym(folder, {"2xhe"});
  split(database, "old");
  SampleSet samples(source_of(database));
  CHECK(samples.make(0)->zone.split == "old");
  split(database, "new");
  CHECK_THROWS_AS(samples.make(1), DatabaseChanged);
  CHECK_THROWS_WITH(samples.make(1),
                    contains(database.string() + ": another process changed the database"));
  // A new set of samples reads the new splits.
  CHECK(SampleSet(source_of(database)).make(1)->zone.split == "new");
}

TEST_CASE("A maker that has made no sample before the change also meets it") {
  const testing::TemporaryFolder folder;
  const auto database = testing::build_gym(folder, {"2xhe"});
  SampleSet samples(source_of(database));
  split(database, "new");
  CHECK_THROWS_AS(samples.make(0), DatabaseChanged);
}

TEST_CASE("A change on which no sample depends does not end samples") {
  const testing::TemporaryFolder folder;
  const auto database = testing::build_gym(folder, {"2xhe"});
  split(database, "old");
  SampleSet samples(source_of(database));
  samples.make(0);
  SECTION("the same splits again") { split(database, "old"); }
  SECTION("a dry run") { split(database, "new", true); }
  SECTION("a table of the user") {
    Connection(database, Connection::Mode::read_write).execute("CREATE TABLE mine (note)");
  }
  CHECK(samples.make(1)->zone.split == "old");
}

TEST_CASE("A damaged zone is an error that names the zone") {
  const testing::TemporaryFolder folder;
  const auto database = testing::build_gym(folder, {"2xhe"});
  const auto error_after = [&](const std::string& sql) {
    Connection(database, Connection::Mode::read_write).execute(sql);
    std::string message;
    try {
      SampleSet(source_of(database)).make(0);
    } catch (const DatabaseError& error) {
      message = error.what();
    }
    return message;
  };
  CHECK_THAT(
      error_after("UPDATE zone_neighbor SET neighbor_id = 50 WHERE zone_id = 1 AND neighbor_id = "
                  "(SELECT min(neighbor_id) FROM zone_neighbor WHERE zone_id = 1)"),
      contains(database.string() + " is damaged: zone 1 has the unknown neighbor 50"));
  CHECK_THAT(error_after("DELETE FROM zone_neighbor WHERE zone_id = 1"),
             contains("zone 1 has no rows in the table zone_neighbor"));
  CHECK_THAT(error_after("DELETE FROM neighbor; UPDATE atom_tile SET drawing = x'0105'"),
             contains(" of assembly 1: an atom tile is cut short"));
}
