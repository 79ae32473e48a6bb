#include "database/gym_counts.h"

namespace mmgym {

GymCounts count_rows(Connection& connection) {
  const auto rows = [&connection](const std::string& table) {
    return single_integer(connection, "SELECT count(*) FROM " + table);
  };
  return {rows("structure"),
          rows("assembly"),
          rows("zone"),
          rows("zone_neighbor"),
          rows("rejected"),
          single_integer(connection, "SELECT coalesce(sum(unmodelled_atoms), 0) FROM structure")};
}

}  // namespace mmgym
