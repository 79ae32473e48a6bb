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
  /// A CSV file (read_split_clusters()) of what to keep together; empty for none.
  std::filesystem::path clusters;
  /// Keep structures together whose polymers are in one cluster.
  bool by_entity_clusters = false;
  /// Always take the roomiest split, instead of drawing one.
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
  std::size_t groups = 0;  // of structures that were kept together
  std::size_t largest_group = 0;
  /// Rows of the CSV file, and those of them whose structure is not in the database.
  std::size_t rows = 0;
  std::size_t rows_unknown = 0;
  std::vector<std::string> unknown_examples;
  LeakCounts leaks;
};

/// Assigns all structures of a database to splits, replacing what was before. Structures that share
/// a cluster, directly or through others, go into the same split. Throws UsageError for
/// targets that make no sense, InputError and DatabaseError, and changes nothing then.
SplitSummary split_database(const SplitOptions& options);

}  // namespace mmgym
