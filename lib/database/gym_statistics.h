#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "database/gym_reader.h"
#include "database/rows.h"

// What can be counted in a gym database. Every function reads a table or an index from end to end.

namespace mmgym {

/// How often each value occurs.
using ValueCounts = std::map<std::int64_t, std::int64_t>;

/// The rows of every table.
std::map<std::string, std::int64_t> rows_by_table(GymReader& reader);

/// Metadata: JSON texts by key.
std::map<std::string, std::string> all_metadata(GymReader& reader);

struct SplitCounts {
  std::optional<std::string> name;  // nothing for what is in no split
  std::int64_t structures = 0;
  std::int64_t assemblies = 0;
  std::int64_t zones = 0;
};
std::vector<SplitCounts> split_counts(GymReader& reader);

/// How many zones have 0, 1, … neighbors; how many structures have 0, 1, … zones.
ValueCounts zones_by_neighbors(GymReader& reader);
ValueCounts structures_by_zones(GymReader& reader);

/// All assemblies, ascending.
std::vector<std::int64_t> assembly_ids(GymReader& reader);

/// The subchains (id and symmetry mate) that zones of an assembly hold, alone or in pairs.
std::set<std::pair<std::string, int>> subchains_of_zones(GymReader& reader,
                                                         std::int64_t assembly_id);

/// PDB ids of structures that were kept but have no zones.
std::vector<std::string> structures_without_zones(GymReader& reader);

/// Everything that did not make it, as it was written.
std::vector<RejectedRow> rejected_rows(GymReader& reader);

/// The resolutions of structures that have one, ascending.
std::vector<double> resolutions_A(GymReader& reader);

/// The bytes that a table or an index takes up.
struct Storage {
  std::string table;  // empty for SQLite's own
  std::string name;   // the table's or that of an index of it
  std::int64_t bytes = 0;
};
/// Largest first. Reads every page of the file. Nothing if SQLite was built without dbstat.
std::optional<std::vector<Storage>> storage(GymReader& reader);

/// The size of the whole file, from its number of pages.
std::int64_t database_bytes(GymReader& reader);

}  // namespace mmgym
