#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "census/splits.h"
#include "database/split_tables.h"

namespace mmgym {

struct SplitOptions {
  std::filesystem::path database;
  std::vector<SplitTarget> targets;
  /// CSV file of clusters to keep together, see read_split_clusters(); empty for none.
  std::filesystem::path clusters;
  /// Keep structures together if their polymers share a cluster.
  bool by_entity_clusters = false;
  /// Assign to the split with the most room, instead of drawing one.
  bool greedy = false;
  std::uint64_t seed = 0;
  bool dry_run = false;
};

struct SplitSummary {
  struct Split {
    std::string name;
    double target;  // share of all zones
    std::size_t structures = 0;
    std::int64_t zones = 0;
  };
  std::vector<Split> splits;  // in the order of the targets
  std::size_t structures = 0;
  std::int64_t zones = 0;
  std::size_t groups = 0;  // sets of structures kept together
  std::size_t largest_group = 0;
  std::size_t rows = 0;          // of the CSV file
  std::size_t rows_unknown = 0;  // their structure is not in the database
  std::vector<std::string> unknown_examples;
  LeakCounts leaks;
};

/// Assigns all structures of a database to splits and replaces earlier splits. Structures that
/// share a cluster, directly or through others, are assigned to the same split. Throws UsageError
/// if targets are missing or duplicate, or one is named kAllZones, InputError, and DatabaseError.
/// On errors, the database does not change.
SplitSummary split_database(const SplitOptions& options);

}  // namespace mmgym
