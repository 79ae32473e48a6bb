#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "database/sqlite.h"

namespace mmgym {

/// Numbers of zones of all structures, by PDB id.
std::map<std::string, std::int64_t> zone_counts(Connection& connection);

/// Structures, by PDB id, and the clusters of their polymers.
std::vector<std::pair<std::string, std::string>> polymer_clusters(Connection& connection);

/// The splits of a database, from first to last, and which of them each structure is in.
struct SplitRows {
  std::vector<std::string> names;
  std::vector<std::pair<std::string, std::size_t>> structures;  // PDB id, index of the name
  /// What was to be kept together: PDB id, cluster.
  std::vector<std::pair<std::string, std::string>> clusters;
};

/// Clusters that are in more than one split.
struct LeakCounts {
  std::int64_t split_clusters = 0;    // of those that splits were made to keep together
  std::int64_t polymer_clusters = 0;  // of the database's own
};
LeakCounts count_leaks(Connection& connection);

/// Replaces all splits, and the database's id with them, as a whole or not at all. Returns the
/// leaks of what was written. With `dry_run`, undoes it in the end.
LeakCounts write_splits(Connection& connection, const SplitRows& rows, bool dry_run);

}  // namespace mmgym
