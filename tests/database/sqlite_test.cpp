#include "database/sqlite.h"

#include <sqlite3.h>

#include "catch.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

TEST_CASE("SQLite's errors are divided into those of a row and those of the machine") {
  const testing::TemporaryFolder folder;
  Connection connection(folder.path() / "test.sqlite", Connection::Mode::create);
  connection.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)");
  Statement add(connection, "INSERT INTO item VALUES (?, ?)");
  add.run(1, "a");

  SECTION("a row that breaks a constraint") {
    CHECK_THROWS_WITH(add.run(2, "a"), contains("UNIQUE constraint failed: item.name"));
    CHECK_THROWS_AS(add.run(2, "a"), RefusedRow);
    CHECK_THROWS_AS(add.run(2, nullptr), RefusedRow);
  }
  SECTION("a row with a value of the wrong type") {
    CHECK_THROWS_AS(add.run("one", "b"), RefusedRow);
  }
  SECTION("a row that is too large") {
    sqlite3_limit(connection.handle(), SQLITE_LIMIT_LENGTH, 1000);
    CHECK_THROWS_AS(connection.execute("INSERT INTO item VALUES (2, zeroblob(2000))"), RefusedRow);
    CHECK_THROWS_WITH(add.run(2, std::string(2000, 'x')), contains("too big"));
    CHECK_THROWS_AS(add.run(2, std::string(2000, 'x')), RefusedRow);
  }
  SECTION("a full disk") {
    connection.execute("PRAGMA max_page_count = 3");
    CHECK_THROWS_AS(connection.execute("INSERT INTO item VALUES (2, zeroblob(100000))"),
                    WriteError);
  }
  // The statement still works, and nothing else was added.
  add.run(3, "c");
  CHECK(single_integer(connection, "SELECT count(*) FROM item") == 2);
}
