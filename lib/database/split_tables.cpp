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

SplitRows read_splits(Connection& connection) {
  SplitRows rows;
  std::map<std::int64_t, std::size_t> index_of;
  Statement names(connection, "SELECT id, name FROM split ORDER BY id");
  for (bool row = names.first_row(); row; row = names.next_row()) {
    index_of[names.integer(0)] = rows.names.size();
    rows.names.emplace_back(names.name(1));
  }
  if (rows.names.empty()) return rows;
  const auto index = [&](const Statement& row, int column) {
    const auto found = index_of.find(row.integer(column));
    if (found == index_of.end())
      throw DatabaseError(connection.path().string() + " is damaged: split " +
                          std::to_string(row.integer(column)) + " does not exist");
    return found->second;
  };
  Statement structures(
      connection, "SELECT pdb_id, split_id FROM structure WHERE split_id IS NOT NULL ORDER BY id");
  for (bool row = structures.first_row(); row; row = structures.next_row())
    rows.structures.emplace_back(structures.name(0), index(structures, 1));
  Statement clusters(connection,
                     "SELECT pdb_id, cluster FROM split_cluster JOIN structure ON structure.id = "
                     "struct_id ORDER BY 1, 2");
  for (bool row = clusters.first_row(); row; row = clusters.next_row())
    rows.clusters.emplace_back(clusters.name(0), clusters.name(1));
  Statement former(connection, "SELECT content, split_id FROM former_polymer ORDER BY 1, 2");
  for (bool row = former.first_row(); row; row = former.next_row())
    rows.former_polymers.emplace_back(former.name(0), index(former, 1));
  Statement options(connection, "SELECT value FROM metadata WHERE key = 'split_options'");
  if (options.first_row()) rows.options = options.text(0);
  return rows;
}

LeakCounts count_leaks(Connection& connection) {
  Statement counts(connection, sql::count_leaking_clusters);
  counts.first_row();
  return {counts.integer(0), counts.integer(1)};
}

LeakCounts write_splits(Connection& connection, const SplitRows& rows, bool dry_run) try {
  Transaction transaction(connection);
  connection.execute(
      "UPDATE structure SET split_id = NULL; DELETE FROM split_cluster; DELETE FROM "
      "former_polymer; DELETE FROM split");
  {
    Statement add_split(connection, "INSERT INTO split (id, name) VALUES (?, ?)");
    for (std::size_t i = 0; i < rows.names.size(); ++i) add_split.run(i + 1, rows.names[i]);
    Statement assign(connection, "UPDATE structure SET split_id = ? WHERE pdb_id = ?");
    for (const auto& [pdb_id, split] : rows.structures) assign.run(split + 1, pdb_id);
    Statement add_cluster(connection,
                          "INSERT OR IGNORE INTO split_cluster SELECT id, ? FROM structure WHERE "
                          "pdb_id = ?");
    for (const auto& [pdb_id, cluster] : rows.clusters) add_cluster.run(cluster, pdb_id);
    Statement add_former(connection, "INSERT OR IGNORE INTO former_polymer VALUES (?, ?)");
    for (const auto& [content, split] : rows.former_polymers) add_former.run(content, split + 1);
    Statement set_options(connection,
                          "INSERT OR REPLACE INTO metadata VALUES ('split_options', ?)");
    set_options.run(rows.options);
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
