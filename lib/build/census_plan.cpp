#include "build/census_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/ordered_work.h"
#include "base/text.h"
#include "build/entry_ids.h"
#include "build/memory_estimate.h"
#include "build/validation_reports.h"
#include "census/assembly_rank.h"
#include "census/model_choice.h"
#include "census/structure_rank.h"
#include "inputs/read_file.h"
#include "inputs/text_lines.h"
#include "structure/structure.h"

namespace mmgym {
namespace {

QualityRow quality_row(const Quality& quality) {
  return {quality.method,          quality.deposition_date, quality.resolution_A(),
          resolution_bin(quality), quality.r_work,          quality.r_free,
          quality.clashscore,      clashscore_bin(quality), quality.nmr_restraints,
          quality.q_score,         quality.is_computed,     quality.mean_plddt};
}

/// Returns the content by which entities are the same: type and sequence of a polymer, code of a
/// single residue, residues and bonds of a branched entity. Empty if unknown.
std::string content_of(const Entity& entity) {
  if (!entity.sequence.empty()) return "sequence " + entity.polymer_type + " " + entity.sequence;
  if (!entity.comp_id.empty()) return "residue " + entity.comp_id;
  if (!entity.links.empty()) return "links " + entity.links;
  return {};
}

/// The facts of a file, or the reason for rejecting it.
struct FactsOutcome {
  StructureFacts facts;
  RejectedRow rejected;  // valid if its reason is not empty
  std::string remark;
  std::uint64_t file_size = 0;
  std::uint32_t checksum = 0;
  std::uint32_t report_checksum = 0;
};

FactsOutcome facts_of(const InputSource& source, const ValidationReports& reports,
                      const InputLimits& limits) {
  FactsOutcome outcome;
  outcome.rejected = {source.name(), "", "", "read", ""};
  try {
    std::string bytes = read_bytes(source, limits);
    outcome.file_size = bytes.size();
    outcome.checksum = checksum(bytes);
    const std::string text = decompressed(std::move(bytes), limits);
    outcome.rejected.stage = "parse";
    read_facts(text, source.file_name(), limits, outcome.facts);
  } catch (...) {
    outcome.rejected.reason = reason_in_content();
    outcome.rejected.pdb_id = outcome.facts.pdb_id;
    return outcome;
  }
  try {
    reports.add_to(outcome.facts.pdb_id, limits, outcome.facts.quality, outcome.report_checksum);
  } catch (const InputError& error) {
    outcome.remark = std::string(error.what()) + "; ranked without validation report";
  }
  return outcome;
}

std::size_t bytes_of(const FactsOutcome& outcome) {
  const StructureFacts& facts = outcome.facts;
  std::size_t bytes = sizeof(FactsOutcome) + facts.entities.size() * sizeof(Entity);
  for (const auto& entity : facts.entities) bytes += entity.sequence.size() + entity.links.size();
  for (const auto& model : facts.models) bytes += model.subchains.size() * sizeof(Subchain);
  for (const auto& assembly : facts.assemblies)
    bytes += assembly.subchains.size() * (sizeof(std::string) + sizeof(std::uint32_t));
  return bytes;
}

/// Builds the plan from the facts, file by file.
class Planner {
 public:
  Planner(const CensusOptions& options, const ZoneParameters& parameters)
      : options_(options),
        nonspecific_(parameters.nonspecific_residues.begin(),
                     parameters.nonspecific_residues.end()),
        nonbiological_(parameters.nonbiological_residues.begin(),
                       parameters.nonbiological_residues.end()) {
    // Reads lists before any structure, so that a bad list fails at once.
    for (const auto& file : options.clusters) groups_.push_back(read_cluster_file(file));
    if (!options.blacklist.empty())
      for (const auto& id : read_pdb_ids(options.blacklist)) blacklist_.insert(id);
  }

  void remark(const std::string& remark) { plan_.remarks.push_back(remark); }

  /// The source must outlive this.
  void add(const InputSource& source, FactsOutcome&& outcome) {
    if (!outcome.remark.empty()) plan_.remarks.push_back(outcome.remark);
    PlannedInput input;
    input.source = source;
    input.file_size = outcome.file_size;
    input.checksum = outcome.checksum;
    input.report_checksum = outcome.report_checksum;
    if (!outcome.rejected.reason.empty()) {
      input.rejected = outcome.rejected;
      unreadable_.push_back(std::move(input));
      return;
    }
    StructureFacts& facts = outcome.facts;
    const auto [id, same_as] = ids_.add(
        {source.name(), facts.pdb_id, facts.has_own_id, outcome.file_size, outcome.checksum});
    if (!same_as.empty()) {
      input.rejected = {source.name(), id, "", "read",
                        fmt::format("the same entry, {}, was already read from {}", id, same_as)};
      unreadable_.push_back(std::move(input));
      return;
    }
    facts.pdb_id = input.pdb_id = id;
    const ModelFacts& model = facts.models[choose_models(facts).front()];
    facts.quality.mean_plddt = model.mean_plddt;
    input.quality = quality_row(facts.quality);
    input.model_id = model.id;
    add_content(facts, model, input);
    if (const auto best_A = facts.quality.best_resolution_A();
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
    ranked_.push_back({std::move(input), facts.quality});
  }

  CensusPlan finish(const ValidationReports& reports) {
    if (std::string remark = ids_.remark(); !remark.empty())
      plan_.remarks.push_back(std::move(remark));
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      const auto counts = join_groups(groups_[i], clusters_);
      remark_unknown(options_.clusters[i], counts.entities, "entities", counts.unknown,
                     counts.unknown_examples);
    }
    remark_unknown_codes("nonspecific residues", nonspecific_);
    remark_unknown_codes("nonbiological residues", nonbiological_);
    std::stable_sort(ranked_.begin(), ranked_.end(), [](const Ranked& a, const Ranked& b) {
      return ranks_before(a.quality, a.input.pdb_id, b.quality, b.input.pdb_id);
    });
    for (auto& [input, quality] : ranked_) {
      plan_.inputs.push_back(std::move(input));
      plan_.inputs.back().rank = static_cast<std::int64_t>(plan_.inputs.size());
    }
    for (auto& input : plan_.inputs) settle_clusters(input);
    if (!blacklist_.empty()) apply_blacklist();
    if (reports.size() > 0) {
      const auto used = std::count_if(plan_.inputs.begin(), plan_.inputs.end(),
                                      [&](const auto& input) { return reports.has(input.pdb_id); });
      if (const auto unused = reports.size() - static_cast<std::size_t>(used); unused > 0)
        plan_.remarks.push_back(
            fmt::format("{}: {} of {} validation reports are of structures that are not inputs",
                        options_.validation.string(), unused, reports.size()));
    }
    for (auto& input : unreadable_) plan_.inputs.push_back(std::move(input));
    return std::move(plan_);
  }

 private:
  struct Ranked {
    PlannedInput input;
    Quality quality;
  };

  static void reject(PlannedInput& input, const std::string& reason) {
    input.rejected = {input.source.name(), input.pdb_id, "", "census", reason};
  }

  /// Rejects an input of which no assembly is left.
  static void reject_refused(PlannedInput& input) {
    input.rejected = std::move(input.refused_assemblies.front());
    input.rejected->assembly_pdb_id.clear();
    input.refused_assemblies.clear();
  }

  /// Adds the entities, and the subchains that count with their entities' places among the
  /// clusters.
  void add_content(const StructureFacts& facts, const ModelFacts& model, PlannedInput& input) {
    std::unordered_map<std::string, const Entity*> entities;
    for (const auto& entity : facts.entities) {
      entities[entity.id] = &entity;
      if (entity.is_water()) continue;
      codes_.insert(entity.comp_id);
      for (const auto word : words_of(entity.links)) codes_.emplace(word);
      const std::string name = entity_name(facts.pdb_id, entity.id);
      clusters_.add_entity(name);
      if (const auto content = content_of(entity); !content.empty())
        clusters_.add_content(name, content);
      input.entities.push_back({entity.id, entity.is_polymer() ? entity.polymer_type : "", ""});
    }
    struct Counted {
      std::uint32_t number;
      Clusters::Id cluster;
    };
    std::map<std::string_view, Counted> counted;  // by subchain id
    for (std::uint32_t number = 0; number < model.subchains.size(); ++number) {
      const Subchain& subchain = model.subchains[number];
      if (subchain.is_water) continue;
      const auto found = entities.find(subchain.entity_id);
      const Entity* entity = found == entities.end() ? nullptr : found->second;
      if (entity != nullptr && nonspecific_.contains(entity->comp_id)) continue;
      // A subchain without an entity is its own cluster.
      const Clusters::Id cluster = clusters_.add_entity(
          entity_name(facts.pdb_id, entity != nullptr ? entity->id : "subchain " + subchain.id));
      counted[subchain.id] = {number, cluster};
    }
    if (blacklist_.contains(facts.pdb_id))
      for (const auto& [id, subchain] : counted) blacklisted_.push_back(subchain.cluster);
    for (const auto& assembly : facts.assemblies)
      if (!assembly.refusal.empty())
        input.refused_assemblies.push_back(
            {input.source.name(), facts.pdb_id, assembly.pdb_id, "parse", assembly.refusal});
    for (const auto i : rank_assemblies(facts.assemblies)) {
      const AssemblyFacts& assembly = facts.assemblies[i];
      auto& planned = input.assemblies.emplace_back();
      planned.pdb_id = assembly.pdb_id;
      std::map<std::string_view, std::uint32_t> copies;  // in the order of ids
      for (std::size_t s = 0; s < assembly.subchains.size(); ++s)
        if (counted.contains(assembly.subchains[s]))
          copies[assembly.subchains[s]] = assembly.copies[s];
      planned.content.subchains.reserve(copies.size());
      for (const auto& [id, count] : copies) {
        const auto& [number, cluster] = counted.at(id);
        planned.content.add(id, {number, cluster, count, 0});
      }
    }
    // Saves memory: there can be an input for every entry of the PDB.
    input.entities.shrink_to_fit();
    input.assemblies.shrink_to_fit();
  }

  /// Sets the final clusters of an input.
  void settle_clusters(PlannedInput& input) {
    for (auto& assembly : input.assemblies)
      for (auto& subchain : assembly.content.subchains)
        subchain.cluster = clusters_.cluster_of(subchain.cluster);
    for (auto& entity : input.entities)
      entity.cluster =
          clusters_.name_of(clusters_.cluster_of(entity_name(input.pdb_id, entity.pdb_id)));
  }

  void apply_blacklist() {
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
    remark_unknown(options_.blacklist, blacklist_.size(), "structures", unknown.size(), unknown);

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

  void remark_unknown_codes(const char* list, const std::unordered_set<std::string>& codes) {
    std::vector<std::string> unknown;
    for (const auto& code : codes)
      if (!codes_.contains(code)) unknown.push_back(code);
    std::sort(unknown.begin(), unknown.end());
    remark_unknown(list, codes.size(), "codes", unknown.size(), unknown);
  }

  void remark_unknown(const std::filesystem::path& file, std::size_t all, const char* what,
                      std::size_t unknown, const std::vector<std::string>& examples) {
    if (unknown == 0) return;
    constexpr std::size_t kMostShown = 5;
    std::string list;
    for (std::size_t i = 0; i < std::min(examples.size(), kMostShown); ++i)
      list += (i == 0 ? "" : ", ") + examples[i];
    plan_.remarks.push_back(fmt::format("{}: {} of {} {} are not in the inputs: {}{}",
                                        file.string(), unknown, all, what, list,
                                        unknown > kMostShown ? ", ..." : ""));
  }

  const CensusOptions& options_;
  std::unordered_set<std::string> nonspecific_;
  std::unordered_set<std::string> nonbiological_;
  std::unordered_set<std::string> codes_;  // residue codes, and other words of links
  std::vector<EntityGroups> groups_;       // by file
  std::unordered_set<std::string> blacklist_;
  std::vector<Clusters::Id> blacklisted_;  // entities of blacklisted inputs
  Clusters clusters_;
  CensusPlan plan_;
  std::vector<Ranked> ranked_;
  std::vector<PlannedInput> unreadable_;
  EntryIds ids_;
};

}  // namespace

CensusPlan plan_census(const std::vector<InputSource>& files, const CensusOptions& options,
                       const ZoneParameters& parameters, int threads,
                       const std::function<void(std::size_t)>& on_progress) {
  Planner planner(options, parameters);
  const ValidationReports reports =
      options.validation.empty()
          ? ValidationReports()
          : ValidationReports(options.validation,
                              [&planner](const std::string& remark) { planner.remark(remark); });
  const std::vector<std::uint64_t> sizes = file_sizes(files);
  OrderedWork<FactsOutcome> work;
  work.count = files.size();
  work.work = [&](std::uint64_t i) { return facts_of(files[i], reports, options.limits); };
  work.work_bytes = [&](std::uint64_t i) { return text_bytes(files[i].file_name(), sizes[i]); };
  work.result_bytes = bytes_of;
  work.write = [&](std::uint64_t i, FactsOutcome&& outcome) {
    planner.add(files[i], std::move(outcome));
    on_progress(i + 1);
  };
  run_ordered(std::move(work), limits_for_facts(threads));
  return planner.finish(reports);
}

}  // namespace mmgym
