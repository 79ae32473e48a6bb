#include "database/fingerprint.h"

#include <sql.h>

#include "base/md5.h"

namespace mmgym {
namespace {

std::string fingerprint(Connection& connection) {
  Md5 sum;
  const auto add_rows = [&](const char* query) {
    Statement rows(connection, query);
    for (bool row = rows.first_row(); row; row = rows.next_row()) {
      const std::string line = std::string(rows.text(0)) + "\n";
      sum.update(std::as_bytes(std::span(line)));
    }
  };
  add_rows(
      "SELECT key || '=' || value FROM metadata "
      "WHERE key NOT IN ('database_id', 'written_by', 'input_limits', 'split_options') ORDER BY "
      "key");
  add_rows(sql::select_zone_identities);
  // The choice of zones for samples can depend on the curriculum.
  add_rows(
      "SELECT printf('%d %d %.17g', zone_id, random_seed, difficulty) FROM curriculum "
      "ORDER BY zone_id, random_seed");
  return sum.hex();
}

}  // namespace

std::string expected_database_id(Connection& connection) {
  return '"' + fingerprint(connection) + '"';
}

void update_database_id(Connection& connection) {
  Statement(connection, "INSERT OR REPLACE INTO metadata VALUES ('database_id', ?)")
      .run(expected_database_id(connection));
}

}  // namespace mmgym
