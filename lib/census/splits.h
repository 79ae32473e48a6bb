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

/// Parses a target like "train=80". Throws UsageError if it is not a name and a positive number.
SplitTarget parse_split_target(const std::string& text);

/// Number of zones of each structure, by PDB id.
using ZoneCounts = std::map<std::string, std::int64_t>;
/// PDB id of a structure and the name of a cluster that it belongs to. A structure can belong to
/// several clusters.
using Membership = std::pair<std::string, std::string>;

/// Reads a CSV file with the columns pdb_id,cluster; skips a header "pdb_id,cluster". Converts PDB
/// ids to lower case. Throws InputError.
std::vector<Membership> read_split_clusters(const std::filesystem::path& path);

/// Returns the sets of structures (PDB ids) that are connected by shared clusters, sorted by number
/// of zones, descending, then by first PDB id. Ignores structures that are not in `zone_counts`.
std::vector<std::vector<std::string>> connected_structures(
    const ZoneCounts& zone_counts, const std::vector<Membership>& memberships);

/// Draws an index with the given probabilities, which sum to 1.
using Draw = std::function<std::size_t(std::span<const double>)>;
/// Returns the index of the greatest probability; of equals, the first.
std::size_t draw_greatest(std::span<const double> probabilities);

/// Assigns each set of structures to a split, in order. Returns indices of targets. The rule of
/// macromol-gym: the probability of a split is proportional to the room for zones that remains
/// after adding the set; a split without room gets no set. If no split has room left, the room
/// before adding the set counts instead. `filled`: zones that the splits have already, of those in
/// `zone_counts`.
std::vector<std::size_t> assign_splits(const std::vector<std::vector<std::string>>& groups,
                                       const ZoneCounts& zone_counts,
                                       const std::vector<SplitTarget>& targets, const Draw& draw,
                                       std::vector<double> filled = {});

}  // namespace mmgym
