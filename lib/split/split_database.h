#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "census/splits.h"
#include "database/split_tables.h"
#include "split/extend_splits.h"
#include "split/split_rule.h"

namespace mmgym {

struct SplitOptions : SplitRule {
  std::filesystem::path database;
  /// CSV file of clusters to keep together, see read_split_clusters(); empty for none.
  std::filesystem::path clusters;
  /// Only give splits to structures that have none, by the rule of the earlier split
  /// (extend_splits). The rule of these options is not used.
  bool extend = false;
  bool dry_run = false;
};

struct SplitSummary {
  struct Split {
    std::string name;
    double target = 0;  // share of all zones
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
  std::optional<ExtendedSplits> extended;  // of `extend`
};

/// Assigns all structures of a database to splits and replaces earlier splits. Structures that
/// share a cluster, directly or through others, are assigned to the same split. Throws UsageError
/// if targets are missing or duplicate, or one is named kAllZones, InputError, and DatabaseError.
/// On errors, the database does not change.
SplitSummary split_database(const SplitOptions& options);

/// The splits of a database with its new structures, for write_splits(). `splits` are those of
/// earlier databases. `more_clusters`: as in `clusters` of SplitRows. If the rule keeps structures
/// together by a file of clusters, and there are no more clusters, new structures get no split.
/// `contents`: the polymer_contents() of the database. Throws DatabaseError for damaged rows.
ExtendedSplits extended_splits(Connection& connection, SplitRows splits,
                               const std::vector<Membership>& more_clusters,
                               const std::vector<Membership>& contents);

}  // namespace mmgym
