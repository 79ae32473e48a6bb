#include "database/split_tables.h"

#include <sql.h>

#include "database/fingerprint.h"

namespace mmgym {

std::map<std::string, std::int64_t> zone_counts(Connection& connection) {
  std::map<std::string, std::int64_t> counts;
  Statement rows(connection, sql::select_zone_counts);
  for (bool row = rows.first_row(); row; row = rows.next_row())
    counts[std::string(rows.text(0))] = rows.integer(1);
  return counts;
}

std::vector<std::pair<std::string, std::string>> polymer_clusters(Connection& connection) {
  std::vector<std::pair<std::string, std::string>> clusters;
  Statement rows(connection,
                 "SELECT structure.pdb_id, cluster FROM entity JOIN structure ON structure.id = "
                 "entity.struct_id WHERE polymer_type IS NOT NULL ORDER BY 1, 2");
  for (bool row = rows.first_row(); row; row = rows.next_row())
    clusters.emplace_back(rows.text(0), rows.text(1));
  return clusters;
}

LeakCounts count_leaks(Connection& connection) {
  Statement counts(connection, sql::count_leaking_clusters);
  counts.first_row();
  return {counts.integer(0), counts.integer(1)};
}

LeakCounts write_splits(Connection& connection, const SplitRows& rows, bool dry_run) try {
  Transaction transaction(connection);
  connection.execute(
      "UPDATE structure SET split_id = NULL; DELETE FROM split; DELETE FROM split_cluster");
  {
    Statement add_split(connection, "INSERT INTO split (id, name) VALUES (?, ?)");
    for (std::size_t i = 0; i < rows.names.size(); ++i) add_split.run(i + 1, rows.names[i]);
    Statement assign(connection, "UPDATE structure SET split_id = ? WHERE pdb_id = ?");
    for (const auto& [pdb_id, split] : rows.structures) assign.run(split + 1, pdb_id);
    Statement add_cluster(connection,
                          "INSERT OR IGNORE INTO split_cluster SELECT id, ? FROM structure WHERE "
                          "pdb_id = ?");
    for (const auto& [pdb_id, cluster] : rows.clusters) add_cluster.run(cluster, pdb_id);
  }
  const LeakCounts leaks = count_leaks(connection);
  if (dry_run) return leaks;
  update_database_id(connection);
  transaction.commit();
  return leaks;
} catch (const RefusedRow& error) {
  // The rows are right, so the file is not.
  throw DatabaseError(connection.path().string() + " is damaged: " + error.what());
}

}  // namespace mmgym
