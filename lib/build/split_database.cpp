#include "build/split_database.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/errors.h"
#include "base/random_stream.h"
#include "database/gym_reader.h"

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

}  // namespace

SplitSummary split_database(const SplitOptions& options) {
  check(options.targets);
  std::vector<Membership> memberships;
  if (!options.clusters.empty()) memberships = read_split_clusters(options.clusters);
  Connection connection = open_gym(options.database, Connection::Mode::read_write);
  const ZoneCounts counts = zone_counts(connection);
  SplitSummary summary;
  count_unknown(memberships, counts, summary);
  if (options.by_entity_clusters)
    for (auto& membership : polymer_clusters(connection))
      memberships.push_back(std::move(membership));

  RandomStream stream(options.seed);
  const Draw draw =
      options.greedy ? Draw(draw_greatest) : [&stream](auto p) { return stream.choice(p); };
  const auto groups = connected_structures(counts, memberships);
  const auto splits = assign_splits(groups, counts, options.targets, draw);

  double weights = 0;
  for (const auto& target : options.targets) weights += target.weight;
  SplitRows rows;
  for (const auto& target : options.targets) {
    rows.names.push_back(target.name);
    summary.splits.push_back({target.name, target.weight / weights});
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    summary.largest_group = std::max(summary.largest_group, groups[i].size());
    for (const auto& pdb_id : groups[i]) {
      rows.structures.emplace_back(pdb_id, splits[i]);
      ++summary.splits[splits[i]].structures;
      summary.splits[splits[i]].zones += counts.at(pdb_id);
      summary.zones += counts.at(pdb_id);
    }
  }
  summary.structures = counts.size();
  summary.groups = groups.size();
  rows.clusters = std::move(memberships);
  summary.leaks = write_splits(connection, rows, options.dry_run);
  return summary;
}

}  // namespace mmgym
