#include "check/check_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "database/fingerprint.h"
#include "database/gym_statistics.h"
#include "database/row_checks.h"
#include "database/stored_inputs.h"
#include "plan/census_entry.h"

namespace mmgym {
namespace {

constexpr std::array kPositive = {"neighbor_distance_A", "atom_tile_edge_A",
                                  "atom_inclusion_radius_A"};
constexpr std::array kLists = {"polymer_labels", "cath_labels", "nonbiological_residues"};

}  // namespace

void check_metadata(GymReader& reader, Findings& findings) {
  // Samples have a limit only for the size of zones.
  run_check(findings, [&] { reader.positive_metadata("zone_size_A"); });
  for (const char* key : kPositive)
    run_check(findings, [&] { reader.positive_metadata(key, std::numeric_limits<double>::max()); });
  for (const char* key : kLists) run_check(findings, [&] { reader.metadata_texts(key); });
  run_check(findings, [&] { density_check_radius_A(reader); });
  run_check(findings, [&] {
    if (reader.database_id() != expected_database_id(reader.connection()))
      findings.add(
          "metadata 'database_id' is not the id of these rows: parameters, zones, splits or the "
          "curriculum were changed, but not by mmgym");
  });
}

void check_ranks(GymReader& reader, Findings& findings) {
  std::int64_t last = 0;
  for (const auto& [pdb_id, rank] : structures_by_rank(reader)) {
    if (!rank) continue;
    if (*rank <= last)
      findings.add(
          fmt::format("structure {}: its rank is {}, but better structures have ranks to {}",
                      pdb_id, *rank, last));
    last = std::max(last, *rank);
  }
}

void check_inputs(GymReader& reader, Findings& findings) {
  for_each_input(reader.connection(), [&](std::int64_t id, const InputFile& file) {
    CensusEntry entry;
    try {
      read_census_text(file.census, entry);
    } catch (const DatabaseError& error) {
      findings.add(fmt::format("input {}: {}", id, error.what()));
    }
  });
}

void check_neighbors(GymReader& reader, Findings& findings) {
  const auto offsets = reader.neighbor_offsets_A();
  if (offsets.empty() || reader.metadata("neighbor_count_threshold") == "0") return;
  for (const std::int64_t zone : zones_without_neighbors(reader))
    findings.add(fmt::format("zone {}: has no neighbors", zone));
}

}  // namespace mmgym
