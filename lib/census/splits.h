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

/// What part of all zones a split is to get, relative to the others.
struct SplitTarget {
  std::string name;
  double weight;
};

/// "train=80". Throws UsageError where it is not a name and a positive number.
SplitTarget parse_split_target(const std::string& text);

/// Structures by PDB id, with their numbers of zones.
using ZoneCounts = std::map<std::string, std::int64_t>;
/// That a structure (by PDB id) belongs to a cluster (by any name). Any number of each to the
/// other.
using Membership = std::pair<std::string, std::string>;

/// Rows pdb_id,cluster of a CSV file, as InterPro's exports are made into; a first row
/// "pdb_id,cluster" is passed over. PDB ids come in lower case. Throws InputError.
std::vector<Membership> read_split_clusters(const std::filesystem::path& path);

/// Sets of structures that are connected by shared clusters, each by PDB id; the sets with the most
/// zones first, then by their first PDB id. Memberships of other structures connect nothing.
std::vector<std::vector<std::string>> connected_structures(
    const ZoneCounts& zone_counts, const std::vector<Membership>& memberships);

/// Chooses one of several probabilities, which sum to 1, by its index.
using Draw = std::function<std::size_t(std::span<const double>)>;
/// The greatest; the first of equals.
std::size_t draw_greatest(std::span<const double> probabilities);

/// Assigns sets of structures, as they come, to splits, as indices of targets; macromol-gym's rule.
/// A split's probability is proportional to the zones that it would still have room for with the
/// set in it; splits without such room have none. Where no split would have any, to the room that
/// it has without the set.
std::vector<std::size_t> assign_splits(const std::vector<std::vector<std::string>>& groups,
                                       const ZoneCounts& zone_counts,
                                       const std::vector<SplitTarget>& targets, const Draw& draw);

}  // namespace mmgym
