#include "database/gym_counts.h"

namespace mmgym {

GymCounts count_rows(Connection& connection) {
  const auto rows = [&connection](const std::string& table) {
    return single_integer(connection, "SELECT count(*) FROM " + table);
  };
  const auto sum = [&connection](const std::string& column) {
    return single_integer(connection, "SELECT coalesce(sum(" + column + "), 0) FROM structure");
  };
  return {rows("structure"),
          rows("assembly"),
          rows("zone"),
          rows("zone_neighbor"),
          rows("rejected"),
          sum("is_computed"),
          sum("unmodelled_atoms"),
          sum("unsure_residues"),
          single_integer(connection, "SELECT coalesce(sum(incomplete), 0) FROM input")};
}

}  // namespace mmgym
