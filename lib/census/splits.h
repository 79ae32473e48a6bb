#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace mmgym {

/// A split and its share of all zones, relative to the other splits.
struct SplitTarget {
  std::string name;
  double weight;
};

/// "train=80". Throws UsageError where it is not a name and a positive number.
SplitTarget parse_split_target(const std::string& text);

/// Structures by PDB id, with their numbers of zones.
using ZoneCounts = std::map<std::string, std::int64_t>;
/// A structure (by PDB id) and a cluster that it belongs to (by any name). A structure may belong
/// to several clusters.
using Membership = std::pair<std::string, std::string>;

/// Rows pdb_id,cluster of a CSV file, as InterPro's exports are made into; a first row
/// "pdb_id,cluster" is passed over. PDB ids come in lower case. Throws InputError.
std::vector<Membership> read_split_clusters(const std::filesystem::path& path);

/// Sets of structures that shared clusters connect, as PDB ids: the sets with the most zones first,
/// then by their first PDB id. Memberships of structures that are not in `zone_counts` are ignored.
std::vector<std::vector<std::string>> connected_structures(
    const ZoneCounts& zone_counts, const std::vector<Membership>& memberships);

/// Chooses one of several probabilities, which sum to 1, by its index.
using Draw = std::function<std::size_t(std::span<const double>)>;
/// The greatest; the first of equals.
std::size_t draw_greatest(std::span<const double> probabilities);

/// Assigns each set of structures to a split, in order; returns indices of targets. The rule is
/// macromol-gym's. The probability of a split is proportional to the room for zones that it would
/// have left with the set in it; a split without room gets no set. If no split would have room
/// left, the room before the set is added counts instead.
std::vector<std::size_t> assign_splits(const std::vector<std::vector<std::string>>& groups,
                                       const ZoneCounts& zone_counts,
                                       const std::vector<SplitTarget>& targets, const Draw& draw);

}  // namespace mmgym
