#include "database/schema_check.h"

#include <sqlite3.h>

#include "catch.h"
#include "database/gym_reader.h"
#include "small_gym.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;
using testing::write_small_gym;

namespace {

void change(const std::filesystem::path& path, const std::string& sql) {
  Connection(path, Connection::Mode::read_write).execute(sql);
}

}  // namespace

TEST_CASE("A database with a view, a trigger or a foreign index is refused by the name of that") {
  const auto [sql, message] = GENERATE(values<std::pair<std::string, std::string>>({
      {"CREATE VIEW mine AS SELECT 1", "has the view 'mine', which mmgym did not make"},
      {"CREATE TRIGGER mine AFTER UPDATE ON structure BEGIN SELECT 1; END", "the trigger 'mine'"},
      {"CREATE INDEX mine ON zone (abs(center_x_A))", "has the index 'mine'"},
      {"CREATE VIRTUAL TABLE mine USING dbstat", "has the virtual table 'mine'"},
      {"ALTER TABLE zone RENAME TO was; CREATE VIEW zone AS SELECT * FROM was",
       "is not defined as mmgym defines it"},
      {"DROP TABLE curriculum", "is damaged: it has no table curriculum"},
      {"ALTER TABLE zone ADD COLUMN mine", "the table 'zone' is not defined as mmgym defines it"},
      {"DROP INDEX zone_assembly_id; CREATE INDEX zone_assembly_id ON zone (id)",
       "the index 'zone_assembly_id' is not defined"},
  }));
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  change(path, sql);
  CAPTURE(sql);
  const std::string wanted = message;
  CHECK_THROWS_WITH(GymReader(path), contains(path.string()) && contains(wanted));
  CHECK_THROWS_AS(open_gym(path, Connection::Mode::read_write), DatabaseError);
}

TEST_CASE("Tables of the user, and a missing index, are no reason to refuse a database") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  change(path, "CREATE TABLE mine (\"a b\" UNIQUE); DROP INDEX structure_split_id");
  CHECK(GymReader(path).zone_ids().size() == 1);
}

TEST_CASE("A value that a zone cannot have is named with its file, column and row") {
  const auto [sql, message] = GENERATE(values<std::pair<std::string, std::string>>({
      {"UPDATE zone SET center_x_A = 9e999",
       " is damaged: zone.center_x_A is Inf, not a number in range (WHERE zone.id = 1)"},
      {"UPDATE zone SET center_y_A = 'here'", "zone.center_y_A is a text, not a number (WHERE"},
      {"UPDATE zone SET center_z_A = -1e8", "zone.center_z_A is -100000000.0, not a number in"},
      {"UPDATE structure SET pdb_id = x'00'", "structure.pdb_id is a blob, not a text"},
      {"UPDATE structure SET model_id = hex(zeroblob(5000))",
       "structure.model_id is a text, not a n"},
      {"UPDATE assembly SET pdb_id = hex(zeroblob(5000))", "assembly.pdb_id is a text, not a name"},
      {"UPDATE zone SET assembly_id = 99", "zone 1 has no assembly or structure"},
  }));
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  change(path, sql);
  CAPTURE(sql);
  GymReader reader(path);
  const std::string wanted = message;
  CHECK_THROWS_WITH(reader.zone(1), contains(path.string()) && contains(wanted));
  CHECK_THROWS_AS(reader.zone(1), DatabaseError);
}

TEST_CASE("Neighbors that no zone can have are refused") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  SECTION("too many") {
    change(path,
           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) "
           "INSERT INTO neighbor SELECT i, 1, 2, 3 FROM n");
    CHECK_THROWS_WITH(GymReader(path).neighbor_offsets_A(),
                      contains("the table neighbor has more"));
  }
  SECTION("a gap") {
    change(path, "INSERT INTO neighbor VALUES (2, 1, 2, 3)");
    CHECK_THROWS_WITH(GymReader(path).neighbor_offsets_A(), contains("no row with id 1"));
  }
  SECTION("without a direction") {
    change(path, "UPDATE neighbor SET offset_x_A = 0");
    CHECK_THROWS_WITH(GymReader(path).neighbor_offsets_A(),
                      contains("neighbor 0 has no direction"));
  }
  SECTION("an id that is not one") {
    change(path, "UPDATE zone_neighbor SET neighbor_id = 4294967296");
    GymReader reader(path);
    std::vector<int> neighbors;
    CHECK_THROWS_WITH(reader.zone_neighbors(1, neighbors),
                      contains("zone_neighbor.neighbor_id is 4294967296, not from 0 to 99"));
  }
}

TEST_CASE("Metadata of the wrong type is refused by its key") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  const std::string value =
      GENERATE("", "[", "{}x", "\"10\"", "null", "-1", "0", "1e999", "1e7", "nan", "[1, 2]", "10 ");
  CAPTURE(value);
  change(path, "UPDATE metadata SET value = '" + value + "'");
  GymReader reader(path);
  CHECK_THROWS_WITH(reader.positive_metadata("zone_size_A"),
                    contains("'zone_size_A' is not a pos"));
  CHECK_THROWS_WITH(reader.metadata_texts("zone_size_A"), contains("'zone_size_A' is not a list"));
  CHECK_THROWS_WITH(reader.database_id(), contains("'database_id' is not an id"));
}

TEST_CASE("A list of texts in metadata is read as it was written") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  change(path, "UPDATE metadata SET value = '[\"a\\n\\\"b\", \"\"]' WHERE key = 'zone_size_A'");
  CHECK(GymReader(path).metadata_texts("zone_size_A") == std::vector<std::string>{"a\n\"b", ""});
  change(path, "UPDATE metadata SET value = '[]'");
  CHECK(GymReader(path).metadata_texts("zone_size_A").empty());
}

TEST_CASE("A query that finds more rows than the file can have ends") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  Connection connection = open_gym(path, Connection::Mode::read_only);
  const std::string endless =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
  CHECK_THROWS_WITH(single_integer(connection, endless),
                    contains(path.string()) && contains("more rows than a file of this size"));
  CHECK_THROWS_AS(connection.execute(endless), DatabaseError);
  // The next query begins anew.
  CHECK(single_integer(connection, "SELECT count(*) FROM zone") == 1);
}

TEST_CASE("A row that is too large to be read is damage, not a refused row") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  change(path, "UPDATE structure SET model_id = hex(zeroblob(5000))");
  GymReader reader(path);
  sqlite3_limit(reader.connection().handle(), SQLITE_LIMIT_LENGTH, 5000);
  CHECK_THROWS_WITH(reader.zone(1), contains("is damaged: a row is too large"));
}

TEST_CASE("A database with a hostile schema cannot run functions with side effects") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  Connection connection(path, Connection::Mode::read_write);
  CHECK_THROWS_AS(connection.execute("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema"),
                  DatabaseError);
}
