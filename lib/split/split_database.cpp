#include "split/split_database.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/errors.h"
#include "database/gym_reader.h"
#include "plan/polymer_contents.h"

namespace mmgym {
namespace {

void check(const std::vector<SplitTarget>& targets) {
  if (targets.empty())
    throw UsageError("--target is missing; give it for each split, such as --target train=80");
  std::set<std::string> names;
  for (const auto& target : targets) {
    if (target.name == kAllZones)
      throw UsageError("--target " + target.name +
                       ": this name is reserved, because --split all chooses every zone; choose "
                       "another name");
    if (!names.insert(target.name).second)
      throw UsageError("--target " + target.name + " is given twice");
  }
}

void count_unknown(const std::vector<Membership>& rows, const ZoneCounts& counts,
                   SplitSummary& summary) {
  constexpr std::size_t kMostExamples = 5;
  summary.rows = rows.size();
  for (const auto& [pdb_id, cluster] : rows) {
    if (counts.contains(pdb_id)) continue;
    ++summary.rows_unknown;
    auto& examples = summary.unknown_examples;
    if (examples.size() < kMostExamples &&
        std::find(examples.begin(), examples.end(), pdb_id) == examples.end())
      examples.push_back(pdb_id);
  }
}

/// Counts structures and zones of splits.
void count_splits(const SplitRows& rows, const ZoneCounts& counts, SplitSummary& summary) {
  for (const auto& [pdb_id, split] : rows.structures) {
    ++summary.splits[split].structures;
    summary.splits[split].zones += counts.at(pdb_id);
  }
  summary.structures = counts.size();
  for (const auto& [pdb_id, zones] : counts) summary.zones += zones;
}

/// Splits all structures. Sets what the summary says of groups.
SplitRows new_splits(Connection& connection, const SplitOptions& options, const ZoneCounts& counts,
                     std::vector<Membership>&& memberships, SplitSummary& summary) {
  if (options.by_entity_clusters)
    for (auto& membership : polymer_clusters(connection))
      memberships.push_back(std::move(membership));
  const auto groups = connected_structures(counts, memberships);
  const auto splits = assign_splits(groups, counts, options.targets, draw_of(options));
  SplitRule rule = options;
  rule.by_file = !options.clusters.empty();
  SplitRows rows;
  rows.options = text_of(rule);
  for (const auto& target : options.targets) rows.names.push_back(target.name);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    summary.largest_group = std::max(summary.largest_group, groups[i].size());
    for (const auto& pdb_id : groups[i]) rows.structures.emplace_back(pdb_id, splits[i]);
  }
  summary.groups = groups.size();
  rows.clusters = std::move(memberships);
  return rows;
}

}  // namespace

ExtendedSplits extended_splits(Connection& connection, SplitRows splits,
                               const std::vector<Membership>& more_clusters,
                               const std::vector<Membership>& contents) {
  const SplitRule rule = read_split_rule(splits.options);
  if (!rule.by_file) splits.clusters.clear();  // they are of polymers, and have other names now
  splits.clusters.insert(splits.clusters.end(), more_clusters.begin(), more_clusters.end());
  std::vector<Membership> memberships = splits.clusters;
  if (rule.by_entity_clusters)
    for (auto& membership : polymer_clusters(connection)) {
      splits.clusters.push_back(membership);
      memberships.push_back(std::move(membership));
    }
  ZoneCounts counts = zone_counts(connection);
  const std::size_t all = counts.size();
  if (rule.by_file && more_clusters.empty()) {
    std::set<std::string> known;
    for (const auto& [pdb_id, split] : splits.structures) known.insert(pdb_id);
    std::erase_if(counts, [&known](const auto& count) { return !known.contains(count.first); });
  }
  ExtendedSplits extended =
      extend_splits(std::move(splits), rule, counts, memberships,
                    rule.by_entity_clusters ? contents : std::vector<Membership>());
  extended.left = all - counts.size();
  return extended;
}

SplitSummary split_database(const SplitOptions& options) {
  if (!options.extend) check(options.targets);
  std::vector<Membership> memberships;
  if (!options.clusters.empty()) memberships = read_split_clusters(options.clusters);
  Connection connection = open_gym(options.database, Connection::Mode::read_write);
  const ZoneCounts counts = zone_counts(connection);
  SplitSummary summary;
  count_unknown(memberships, counts, summary);

  SplitRows rows;
  std::vector<SplitTarget> targets = options.targets;
  if (options.extend) {
    SplitRows splits = read_splits(connection);
    if (splits.names.empty())
      throw InputError(options.database.string() + ": has no splits to extend; give --target");
    targets = read_split_rule(splits.options).targets;
    summary.extended =
        extended_splits(connection, std::move(splits), memberships, polymer_contents(connection));
    rows = summary.extended->rows;
  } else {
    rows = new_splits(connection, options, counts, std::move(memberships), summary);
  }
  double weights = 0;
  for (const auto& target : targets) weights += target.weight;
  for (const auto& name : rows.names) {
    auto& split = summary.splits.emplace_back();
    split.name = name;
    for (const auto& target : targets)
      if (target.name == name) split.target = target.weight / weights;
  }
  count_splits(rows, counts, summary);
  summary.leaks = write_splits(connection, rows, options.dry_run);
  return summary;
}

}  // namespace mmgym
