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

// Statistics of a gym database. Every function reads a whole table or index.

namespace mmgym {

/// How often each value occurs.
using ValueCounts = std::map<std::int64_t, std::int64_t>;

/// Numbers of rows by table.
std::map<std::string, std::int64_t> rows_by_table(GymReader& reader);

struct SplitCounts {
  std::optional<std::string> name;  // nothing: structures without a split
  std::int64_t structures = 0;
  std::int64_t assemblies = 0;
  std::int64_t zones = 0;
};
std::vector<SplitCounts> split_counts(GymReader& reader);

/// How many zones have 0, 1, … neighbors; how many structures have 0, 1, … zones.
ValueCounts zones_by_neighbors(GymReader& reader);
ValueCounts structures_by_zones(GymReader& reader);

/// The radius of the sphere over which build-db averaged densities. Throws DatabaseError for a
/// radius that build-db refuses.
double density_check_radius_A(GymReader& reader);

/// Structures in the order of their figures, from the best to the worst.
struct RankedStructure {
  std::string pdb_id;
  std::optional<std::int64_t> rank;
};
std::vector<RankedStructure> structures_by_rank(GymReader& reader);

/// Ids of all assemblies, ascending.
std::vector<std::int64_t> assembly_ids(GymReader& reader);

/// Subchains (id and symmetry mate) in the zones of an assembly, alone or in pairs.
std::set<std::pair<std::string, int>> subchains_of_zones(GymReader& reader,
                                                         std::int64_t assembly_id);

/// PDB ids of structures that were kept but have no zones.
std::vector<std::string> structures_without_zones(GymReader& reader);

/// All rows of the table `rejected`.
std::vector<RejectedRow> rejected_rows(GymReader& reader);

/// The resolutions of structures that have one, ascending.
std::vector<double> resolutions_A(GymReader& reader);

/// The size of a table or an index.
struct Storage {
  std::string table;  // empty for SQLite's internal tables
  std::string name;   // of the table or of its index
  std::int64_t bytes = 0;
};
/// Lists the sizes, largest first. Reads every page of the file. Returns nothing if SQLite was
/// built without dbstat.
std::optional<std::vector<Storage>> storage(GymReader& reader);

/// The size of the file in bytes, from its number of pages.
std::int64_t database_bytes(GymReader& reader);

}  // namespace mmgym
