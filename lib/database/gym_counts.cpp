#include "database/gym_counts.h"

namespace mmgym {

GymCounts count_rows(Connection& connection) {
  const auto rows = [&connection](const std::string& table) {
    Statement count(connection, "SELECT count(*) FROM " + table);
    count.first_row();
    return count.integer(0);
  };
  return {rows("structure"), rows("assembly"), rows("zone"), rows("zone_neighbor"),
          rows("rejected")};
}

}  // namespace mmgym
