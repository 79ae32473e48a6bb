#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "database/gym_counts.h"
#include "database/gym_statistics.h"
#include "database/metadata.h"
#include "database/split_tables.h"
#include "info/value_range.h"

namespace mmgym {

/// What `info` reports about a gym database.
struct GymInfo {
  std::string path;
  std::int64_t bytes = 0;
  std::map<std::string, std::int64_t> rows;  // by table
  Metadata metadata;
  std::vector<SplitCounts> splits;
  LeakCounts leaks;
  ValueCounts zones_by_neighbors;
  ValueCounts structures_by_zones;
  std::vector<double> resolutions_A;  // ascending, of structures with a resolution
  std::vector<std::string> structures_without_zones;
  std::vector<RejectedRow> rejected;
  GymCounts counts;

  // The following needs atoms or every page of the file. --quick leaves it empty.

  /// Atoms per nm³ around the centers of all zones, or of some at equal intervals.
  std::optional<ValueRange> densities_nm3;
  /// Subchains in zones by kind ("polypeptide(L)", ..., "not a polymer"), of all assemblies or of
  /// some at equal intervals.
  std::map<std::string, std::int64_t> subchain_kinds;
  std::int64_t assemblies_looked_at = 0;
  std::optional<std::vector<Storage>> storage;
};

struct GymInfoOptions {
  /// Skips facts that need atoms or every page of the file.
  bool quick = false;
  /// The most zones around which atoms are read, and the most assemblies of which all atoms are
  /// read.
  std::int64_t most_zones = 1000;
  std::int64_t most_assemblies = 200;
};

GymInfo gym_info(const std::string& path, const GymInfoOptions& options);

/// Returns a reason for a rejection without the parts that differ between files (numbers, names,
/// and the text after a colon), so that equal reasons are counted together.
std::string reason_kind(const std::string& reason);

}  // namespace mmgym
