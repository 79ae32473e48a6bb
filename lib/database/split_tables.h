#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "database/sqlite.h"

namespace mmgym {

/// Chooses every zone where the name of a split is expected. No new split can have this name.
inline constexpr std::string_view kAllZones = "all";

/// Numbers of zones by the structure's PDB id.
std::map<std::string, std::int64_t> zone_counts(Connection& connection);

/// PDB ids of structures with the clusters of their polymers, one pair per polymer.
std::vector<std::pair<std::string, std::string>> polymer_clusters(Connection& connection);

/// The splits of a database, in order, and the split of each structure.
struct SplitRows {
  std::vector<std::string> names;
  std::vector<std::pair<std::string, std::size_t>> structures;  // PDB id, index of the name
  /// The clusters by which structures were split: PDB id, cluster.
  std::vector<std::pair<std::string, std::string>> clusters;
  /// Polymers that structures with a split had before (schema.sql): content, index of the name.
  std::vector<std::pair<std::string, std::size_t>> former_polymers;
  std::string options;  // metadata split_options, a JSON text
};

/// Returns the splits of a database. There are no names, and nothing else, if it has none.
SplitRows read_splits(Connection& connection);

/// Clusters that are in more than one split.
struct LeakCounts {
  std::int64_t split_clusters = 0;    // of the table split_cluster
  std::int64_t polymer_clusters = 0;  // of the polymers' clusters
};
LeakCounts count_leaks(Connection& connection);

/// Replaces all splits and the database's id in one transaction. Returns the leaks of the new
/// splits. With `dry_run`, rolls back at the end.
LeakCounts write_splits(Connection& connection, const SplitRows& rows, bool dry_run);

}  // namespace mmgym
