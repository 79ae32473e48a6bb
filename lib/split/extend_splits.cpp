#include "split/extend_splits.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/text.h"
#include "database/sqlite.h"

namespace mmgym {
namespace {

class Extender {
 public:
  Extender(SplitRows&& splits, const SplitRule& rule, const ZoneCounts& counts,
           const std::vector<Membership>& memberships, const std::vector<Membership>& contents)
      : rule_(rule), counts_(counts), memberships_(memberships) {
    result_.rows = std::move(splits);
    std::erase_if(result_.rows.structures,
                  [&](const auto& structure) { return !counts_.contains(structure.first); });
    result_.kept = result_.rows.structures.size();
    for (const auto& [pdb_id, split] : result_.rows.structures) split_of_[pdb_id] = split;
    find_clusters();
    find_former(contents);
  }

  ExtendedSplits extend() {
    ZoneCounts added;
    for (const auto& [pdb_id, zones] : counts_)
      if (!split_of_.contains(pdb_id)) added[pdb_id] = zones;
    std::vector<std::vector<std::string>> unrelated;
    for (auto& group : connected_structures(added, memberships_)) {
      const auto shared = splits_of(group);
      if (shared.empty()) {
        unrelated.push_back(std::move(group));
        continue;
      }
      if (shared.size() > 1) result_.ties.insert(result_.ties.end(), group.begin(), group.end());
      const auto most =
          std::max_element(shared.begin(), shared.end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; });
      result_.joined += group.size();
      assign(group, most->first);
    }
    draw(unrelated);
    return std::move(result_);
  }

 private:
  /// How many clusters and polymers are shared with each split.
  using Shared = std::map<std::size_t, std::size_t>;

  void find_clusters() {
    for (const auto& [pdb_id, cluster] : memberships_)
      if (const auto split = split_of_.find(pdb_id); split != split_of_.end())
        ++splits_of_cluster_[cluster][split->second];
      else
        clusters_of_[pdb_id].insert(cluster);
  }

  void find_former(const std::vector<Membership>& contents) {
    std::map<std::string, std::set<std::size_t>> splits_of_content;
    for (const auto& [content, split] : result_.rows.former_polymers)
      splits_of_content[content].insert(split);
    for (const auto& [pdb_id, content] : contents)
      if (const auto splits = splits_of_content.find(content); splits != splits_of_content.end())
        for (const std::size_t split : splits->second) ++former_[pdb_id][split];
  }

  Shared splits_of(const std::vector<std::string>& group) const {
    Shared shared;
    for (const auto& pdb_id : group) {
      if (const auto clusters = clusters_of_.find(pdb_id); clusters != clusters_of_.end())
        for (const auto& cluster : clusters->second)
          if (const auto splits = splits_of_cluster_.find(cluster);
              splits != splits_of_cluster_.end())
            for (const auto& [split, structures] : splits->second) shared[split] += structures;
      if (const auto former = former_.find(pdb_id); former != former_.end())
        for (const auto& [split, polymers] : former->second) shared[split] += polymers;
    }
    return shared;
  }

  void assign(const std::vector<std::string>& group, std::size_t split) {
    for (const auto& pdb_id : group) {
      result_.rows.structures.emplace_back(pdb_id, split);
      split_of_[pdb_id] = split;
    }
  }

  void draw(const std::vector<std::vector<std::string>>& groups) {
    std::vector<std::size_t> numbers;  // of the targets, among the names
    std::vector<double> filled;
    const auto& names = result_.rows.names;
    for (const auto& target : rule_.targets) {
      const auto name = std::find(names.begin(), names.end(), target.name);
      if (name == names.end())
        throw DatabaseError("metadata 'split_options' has a target that is not a split");
      numbers.push_back(static_cast<std::size_t>(name - names.begin()));
      double zones = 0;
      for (const auto& [pdb_id, split] : result_.rows.structures)
        if (split == numbers.back()) zones += static_cast<double>(counts_.at(pdb_id));
      filled.push_back(zones);
    }
    const auto drawn = assign_splits(groups, counts_, rule_.targets, draw_of(rule_), filled);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      assign(groups[i], numbers[drawn[i]]);
      result_.drawn += groups[i].size();
    }
  }

  const SplitRule& rule_;
  const ZoneCounts& counts_;
  const std::vector<Membership>& memberships_;
  ExtendedSplits result_;
  std::map<std::string, std::size_t> split_of_;
  std::map<std::string, Shared> splits_of_cluster_;           // numbers of structures
  std::map<std::string, std::set<std::string>> clusters_of_;  // of structures without a split
  std::map<std::string, Shared> former_;                      // polymers, by PDB id
};

}  // namespace

std::string describe(const ExtendedSplits& splits) {
  std::string text = fmt::format(
      "{} structures keep their split, {} get the split of their clusters, {} are drawn",
      splits.kept, splits.joined, splits.drawn);
  if (splits.left > 0)
    text += fmt::format(
        ", {} have no split yet: give their clusters to 'mmgym split --extend --clusters FILE.csv'",
        splits.left);
  if (!splits.ties.empty()) {
    text += fmt::format("; {} of these have clusters in several splits, none of which is moved: {}",
                        splits.ties.size(), first_names(splits.ties, splits.ties.size()));
  }
  return text;
}

ExtendedSplits extend_splits(SplitRows splits, const SplitRule& rule, const ZoneCounts& zone_counts,
                             const std::vector<Membership>& memberships,
                             const std::vector<Membership>& contents) {
  return Extender(std::move(splits), rule, zone_counts, memberships, contents).extend();
}

}  // namespace mmgym
