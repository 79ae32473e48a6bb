#include "plan/planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "census/structure_rank.h"
#include "inputs/text_lines.h"
#include "structure/entry_id.h"

namespace mmgym {
namespace {

QualityRow quality_row(const Quality& quality) {
  return {quality.method,          quality.deposition_date, quality.resolution_A(),
          resolution_bin(quality), quality.r_work,          quality.r_free,
          quality.clashscore,      clashscore_bin(quality), quality.nmr_restraints,
          quality.q_score,         quality.is_computed,     quality.mean_plddt};
}

void reject(PlannedInput& input, const std::string& reason) {
  input.rejected = {input.source.name(), input.pdb_id, "", "census", reason};
}

/// Rejects an input of which no assembly is left.
void reject_refused(PlannedInput& input) {
  input.rejected = std::move(input.refused_assemblies.front());
  input.rejected->assembly_pdb_id.clear();
  input.refused_assemblies.clear();
}

}  // namespace

Planner::Planner(const CensusOptions& options) : options_(options) {
  // Reads lists before any structure, so that a bad list fails at once.
  for (const auto& file : options.clusters) groups_.push_back(read_cluster_file(file));
  if (!options.blacklist.empty())
    for (const auto& id : read_pdb_ids(options.blacklist)) blacklist_.insert(id);
}

void Planner::add(const InputSource& source, CensusEntry&& entry) {
  InputFile file = {entry.file_name,       entry.file.size, entry.file.checksum,
                    entry.report_checksum, entry.file.path, census_text(entry)};
  added_.push_back({source, std::move(entry.file), std::move(file), std::move(entry.unreadable)});
}

/// Returns the order in which inputs get ids: that in which they were added, but the newest
/// revision of an entry changes places with the first.
std::vector<std::size_t> Planner::order() const {
  struct Revisions {
    std::size_t first;
    std::size_t newest;
  };
  std::map<std::pair<std::string_view, std::string>, Revisions> entries;  // by id and name
  for (std::size_t i = 0; i < added_.size(); ++i) {
    const EntryFile& file = added_[i].identity;
    if (added_[i].unreadable || !file.has_own_id) continue;
    auto& [first, newest] =
        entries.try_emplace({file.id, id_of_file(file.path)}, Revisions{i, i}).first->second;
    if (file.revision_date > added_[newest].identity.revision_date) newest = i;
  }
  std::vector<std::size_t> order(added_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const auto& [name, revisions] : entries)
    std::swap(order[revisions.first], order[revisions.newest]);
  return order;
}

void Planner::plan(std::size_t number) {
  Added& added = added_[number];
  PlannedInput input;
  input.number = number;
  input.source = added.source;
  input.file = std::move(added.file);
  if (added.unreadable) {
    input.rejected = std::move(added.unreadable);
    unreadable_.push_back(std::move(input));
    return;
  }
  const auto [id, same_as, is_copy, newer_date] = ids_.add(added.identity);
  input.is_copy = is_copy;
  if (!same_as.empty()) {
    input.rejected = {input.source.name(), id, "", "read",
                      newer_date.empty()
                          ? fmt::format("the same entry, {}, was already read from {}", id, same_as)
                          : fmt::format("a newer revision of {}, of {}, was read from {}", id,
                                        newer_date, same_as)};
    unreadable_.push_back(std::move(input));
    return;
  }
  CensusEntry entry;
  read_census_text(input.file.census, entry);
  input.pdb_id = id;
  input.quality = quality_row(entry.quality);
  input.model_id = entry.model_id;
  add_content(entry, input);
  if (const auto best_A = entry.quality.best_resolution_A();
      best_A && !(*best_A < options_.max_resolution_A))
    reject(input, fmt::format("resolution {:g} A is not better than {:g} A", *best_A,
                              options_.max_resolution_A));
  else if (input.assemblies.empty() && !input.refused_assemblies.empty())
    reject_refused(input);
  else if (input.assemblies.empty())
    reject(input, "no assembly is declared biological");
  else if (std::all_of(input.assemblies.begin(), input.assemblies.end(),
                       [](const auto& assembly) { return assembly.content.subchains.empty(); }))
    reject(input, "its assemblies contain only water and nonspecific ligands");
  ranked_.push_back({std::move(input), entry.quality});
}

CensusPlan Planner::finish() {
  for (const std::size_t number : order()) plan(number);
  added_.clear();
  if (std::string remark = ids_.remark(); !remark.empty())
    plan_.remarks.push_back(std::move(remark));
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const auto counts = join_groups(groups_[i], clusters_);
    remark_unknown(options_.clusters[i].string(), counts.entities, "entities", counts.unknown,
                   counts.unknown_examples);
  }
  std::stable_sort(ranked_.begin(), ranked_.end(), [](const Ranked& a, const Ranked& b) {
    return ranks_before(a.quality, a.input.pdb_id, b.quality, b.input.pdb_id);
  });
  for (auto& [input, quality] : ranked_) {
    plan_.inputs.push_back(std::move(input));
    plan_.inputs.back().rank = static_cast<std::int64_t>(plan_.inputs.size());
  }
  for (auto& input : plan_.inputs) settle_clusters(input);
  if (!blacklist_.empty()) apply_blacklist();
  std::stable_sort(unreadable_.begin(), unreadable_.end(),
                   [](const auto& a, const auto& b) { return a.source.name() < b.source.name(); });
  for (auto& input : unreadable_) plan_.inputs.push_back(std::move(input));
  return std::move(plan_);
}

/// Adds the entities, and the subchains that count with their entities' places among the clusters.
void Planner::add_content(const CensusEntry& entry, PlannedInput& input) {
  for (const auto& entity : entry.entities) {
    const std::string name = entity_name(input.pdb_id, entity.id);
    clusters_.add_entity(name);
    if (!entity.content.empty()) clusters_.add_content(name, entity.content);
    input.entities.push_back({entity.id, entity.polymer_type, ""});
  }
  std::vector<Clusters::Id> cluster_of;  // of each subchain
  for (const auto& subchain : entry.subchains)
    // A subchain without an entity is its own cluster.
    cluster_of.push_back(clusters_.add_entity(entity_name(
        input.pdb_id, subchain.entity.empty() ? "subchain " + subchain.id : subchain.entity)));
  if (blacklist_.contains(input.pdb_id))
    blacklisted_.insert(blacklisted_.end(), cluster_of.begin(), cluster_of.end());
  for (const auto& assembly : entry.refused)
    input.refused_assemblies.push_back(
        {input.source.name(), input.pdb_id, assembly.pdb_id, "parse", assembly.reason});
  for (const auto& assembly : entry.assemblies) {
    auto& planned = input.assemblies.emplace_back();
    planned.pdb_id = assembly.pdb_id;
    planned.content.subchains.reserve(assembly.subchains.size());
    for (const auto& [place, copies] : assembly.subchains) {
      const auto& subchain = entry.subchains[place];
      planned.content.add(subchain.id, {subchain.number, cluster_of[place], copies, 0});
    }
  }
  // Saves memory: there can be an input for every entry of the PDB.
  input.entities.shrink_to_fit();
  input.assemblies.shrink_to_fit();
}

/// Sets the final clusters of an input.
void Planner::settle_clusters(PlannedInput& input) {
  for (auto& assembly : input.assemblies)
    for (auto& subchain : assembly.content.subchains)
      subchain.cluster = clusters_.cluster_of(subchain.cluster);
  for (auto& entity : input.entities)
    entity.cluster =
        clusters_.name_of(clusters_.cluster_of(entity_name(input.pdb_id, entity.pdb_id)));
}

void Planner::apply_blacklist() {
  std::unordered_set<Clusters::Id> clusters;
  for (const auto entity : blacklisted_) clusters.insert(clusters_.cluster_of(entity));
  // The entities of structures that are not inputs come from cluster files.
  std::unordered_set<std::string> others;
  for (const auto& id : blacklist_)
    if (!ids_.contains(id)) others.insert(id);
  const auto clusters_of_others = clusters_.clusters_of(others);
  for (const auto& [id, ids] : clusters_of_others) clusters.insert(ids.begin(), ids.end());
  std::vector<std::string> unknown;
  for (const auto& id : others)
    if (!clusters_of_others.contains(id)) unknown.push_back(id);
  std::sort(unknown.begin(), unknown.end());
  remark_unknown(options_.blacklist.string(), blacklist_.size(), "structures", unknown.size(),
                 unknown);

  for (auto& input : plan_.inputs) {
    if (blacklist_.contains(input.pdb_id)) {
      reject(input, "on the blacklist");
      continue;
    }
    if (input.rejected) continue;
    std::string shared;
    std::erase_if(input.assemblies, [&](const auto& assembly) {
      const auto& subchains = assembly.content.subchains;
      std::size_t first = subchains.size();  // in the order of the file
      for (std::size_t i = 0; i < subchains.size(); ++i)
        if (clusters.contains(subchains[i].cluster) &&
            (first == subchains.size() || subchains[i].number < subchains[first].number))
          first = i;
      if (first == subchains.size()) return false;
      shared = fmt::format("subchain {} of assembly {} is in the cluster of {}",
                           assembly.content.id(first), assembly.pdb_id,
                           clusters_.name_of(subchains[first].cluster));
      return true;
    });
    if (input.assemblies.empty()) reject(input, "shares clusters with the blacklist: " + shared);
  }
}

void Planner::remark_unknown(const std::string& list, std::size_t all, const char* what,
                             std::size_t unknown, const std::vector<std::string>& examples) {
  if (unknown == 0) return;
  plan_.remarks.push_back(fmt::format("{}: {} of {} {} are not in the inputs: {}", list, unknown,
                                      all, what, first_names(examples, unknown)));
}

}  // namespace mmgym
