#include "merge/carry_splits.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "plan/polymer_contents.h"
#include "split/split_database.h"

namespace mmgym {
namespace {

/// The splits of all parts.
class EarlierSplits {
 public:
  /// `merged`: the polymers of the merged database.
  explicit EarlierSplits(const std::vector<Membership>& merged)
      : merged_(merged.begin(), merged.end()) {}

  void add(Part& part, const SplitRows& rows) {
    if (rows_.options.empty()) rows_.options = rows.options;
    others_differ_ = others_differ_ || rows.options != rows_.options;
    std::vector<std::size_t> number_of;  // in rows_
    for (const auto& name : rows.names) {
      const auto found = std::find(rows_.names.begin(), rows_.names.end(), name);
      number_of.push_back(static_cast<std::size_t>(found - rows_.names.begin()));
      if (found == rows_.names.end()) rows_.names.push_back(name);
    }
    std::map<std::string, std::size_t> split_in_part;
    for (const auto& [pdb_id, split] : rows.structures) {
      split_of_.emplace(pdb_id, number_of[split]);
      split_in_part[pdb_id] = number_of[split];
    }
    for (const auto& polymer : polymer_contents(part.connection()))
      if (const auto split = split_in_part.find(polymer.first);
          split != split_in_part.end() && !merged_.contains(polymer))
        rows_.former_polymers.emplace_back(polymer.second, split->second);
    for (const auto& [content, split] : rows.former_polymers)
      rows_.former_polymers.emplace_back(content, number_of[split]);
    rows_.clusters.insert(rows_.clusters.end(), rows.clusters.begin(), rows.clusters.end());
  }

  bool others_differ() const { return others_differ_; }

  SplitRows rows() {
    rows_.structures.assign(split_of_.begin(), split_of_.end());
    return std::move(rows_);
  }

 private:
  std::set<Membership> merged_;
  SplitRows rows_;
  std::map<std::string, std::size_t> split_of_;
  bool others_differ_ = false;
};

}  // namespace

void carry_splits(const Parts& parts, const MergeOptions& options, Connection& merged) {
  std::vector<std::pair<Part*, SplitRows>> splits;
  for (const auto& part : parts)
    if (SplitRows rows = read_splits(part->connection()); !rows.names.empty())
      splits.emplace_back(part.get(), std::move(rows));
  if (splits.empty()) return;
  const std::vector<Membership> contents = polymer_contents(merged);
  EarlierSplits earlier(contents);
  for (const auto& [part, rows] : splits) earlier.add(*part, rows);
  if (earlier.others_differ())
    options.on_remark("parts were split with other options; those of the first are used");
  const ExtendedSplits extended = extended_splits(merged, earlier.rows(), {}, contents);
  const LeakCounts leaks = write_splits(merged, extended.rows, false);
  options.on_split(fmt::format("splits: {}; clusters of polymers in more than one split: {}",
                               describe(extended), leaks.polymer_clusters));
}

}  // namespace mmgym
