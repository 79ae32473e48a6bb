#include "merge/merge_databases.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "base/stop_signal.h"
#include "base/text.h"
#include "build/build_metadata.h"
#include "build/input_part.h"
#include "database/tile_codec.h"
#include "merge/cut_tiles.h"
#include "merge/part.h"
#include "plan/planner.h"
#include "plan/restore_choice.h"

namespace mmgym {
namespace {

using nlohmann::json;

/// Metadata that differ between parts. The merged database gets its own.
const std::set<std::string> kOwn = {"database_id", "inputs_md5", "parts", "written_by"};

[[noreturn]] void fail(const Part& part, const std::string& what) {
  throw DatabaseError(part.path().string() + ": " + what);
}

/// Throws DatabaseError unless all parts have the same parameters.
void require_same_parameters(const std::vector<std::unique_ptr<Part>>& parts) {
  const Part& first = *parts.front();
  std::set<std::string> ids;
  for (const auto& part : parts) {
    const auto& metadata = part->metadata();
    if (const auto id = metadata.find("database_id");
        id != metadata.end() && !ids.insert(id->second).second)
      fail(*part, "is the same database as one given before; give each part once");
    std::set<std::string> keys;
    for (const auto* all : {&first.metadata(), &metadata})
      for (const auto& [key, value] : *all) keys.insert(key);
    for (const auto& key : keys) {
      if (kOwn.contains(key)) continue;
      const auto value_in = [&key](const Part& of) {
        const auto found = of.metadata().find(key);
        return found == of.metadata().end() ? std::string("not set") : found->second;
      };
      if (value_in(*part) != value_in(first))
        fail(*part, fmt::format("was built with other parameters: {} is {} there, {} in {}", key,
                                shortened(value_in(*part)), shortened(value_in(first)),
                                first.path().string()));
    }
  }
}

/// Returns what `parts` of the merged database is: the parts k/n that were merged, without those
/// of which all are there. Throws DatabaseError if one is given twice.
std::string merged_parts(const std::vector<std::unique_ptr<Part>>& parts,
                         const MergeOptions& options) {
  std::map<int, std::set<int>> numbers;  // by count
  for (const auto& part : parts) {
    const auto found = part->metadata().find("parts");
    const json texts = found == part->metadata().end() ? json::array()
                                                       : json::parse(found->second, nullptr, false);
    for (const auto& text : texts) {
      if (!text.is_string()) fail(*part, "is damaged: metadata: parts is not a list of texts");
      const InputPart input_part = parse_input_part(text.get<std::string>());
      if (!numbers[input_part.count].insert(input_part.number).second)
        fail(*part, fmt::format("contains part {}, which was given before; give each part once",
                                input_part.text()));
    }
  }
  json merged = json::array();
  for (const auto& [count, there] : numbers) {
    if (there.size() == static_cast<std::size_t>(count)) continue;
    for (const int number : there) merged.push_back(InputPart{number, count}.text());
    std::string missing;
    constexpr int kMostShown = 5;
    int shown = 0;
    for (int number = 0; number < count && shown <= kMostShown; ++number)
      if (!there.contains(number))
        missing += shown++ < kMostShown
                       ? (missing.empty() ? "" : ", ") + InputPart{number, count}.text()
                       : ", ...";
    options.on_remark(fmt::format("{} of {} parts are not merged yet: {}",
                                  static_cast<std::size_t>(count) - there.size(), count, missing));
  }
  return merged.dump();
}

/// Sets the list of a parameter. Throws DatabaseError if the parts were built with another list.
void set_list(Metadata& metadata, const Part& part, const std::string& key,
              const std::string& value, const std::string& none, const char* flag) {
  if (metadata[key] != none && metadata[key] != value)
    fail(part, fmt::format("was built with {}; give the same files to merge", flag));
  metadata[key] = value;
}

double number_in(const Part& part, const std::string& key) {
  const auto found = part.metadata().find(key);
  const json value =
      found == part.metadata().end() ? json() : json::parse(found->second, nullptr, false);
  if (!value.is_number()) fail(part, "is damaged: metadata: " + key + " is not a number");
  return value.get<double>();
}

/// Returns the metadata of the merged database.
Metadata merged_metadata(const Part& part, const MergeOptions& options, CensusOptions& census) {
  Metadata metadata = part.metadata();
  for (const auto& key : kOwn) metadata.erase(key);
  metadata["written_by"] = written_by();
  set_list(metadata, part, "clusters_md5", list_md5s(options.clusters), list_md5s({}),
           "--clusters");
  set_list(metadata, part, "blacklist_md5", list_md5(options.blacklist), list_md5({}),
           "--blacklist");
  census.max_resolution_A = number_in(part, "max_resolution_A");
  if (options.max_resolution_A) {
    if (*options.max_resolution_A > census.max_resolution_A)
      fail(part, fmt::format("was built with --max-resolution {:g}, and has no zones of structures "
                             "of worse resolutions; --max-resolution can be at most that",
                             census.max_resolution_A));
    census.max_resolution_A = *options.max_resolution_A;
    metadata["max_resolution_A"] = json(census.max_resolution_A).dump();
  }
  if (options.choose) {
    if (metadata["keep_all"] != "true")
      fail(part,
           "was not built with --keep-all, so that its zones are chosen already; remove "
           "--choose");
    metadata["keep_all"] = "false";
  }
  census.keep_all = metadata["keep_all"] == "true";
  census.clusters = options.clusters;
  census.blacklist = options.blacklist;
  return metadata;
}

/// An input of a part.
struct Origin {
  Part* part;
  std::int64_t id;
  std::string path;
};

/// Throws DatabaseError if a part may have dropped zones for a structure that is excluded now.
void require_no_excluded_zones(const CensusPlan& plan, const std::vector<Origin>& origins) {
  for (const auto& input : plan.inputs) {
    if (!input.rejected || input.is_copy) continue;
    const Origin& origin = origins[input.number];
    if (origin.part->metadata().at("keep_all") == "true") continue;
    if (!origin.part->stored().structure(origin.id)) continue;
    fail(*origin.part,
         fmt::format("has zones of {}, which is excluded now ({}); zones of other structures may "
                     "have been dropped for them. Build the parts with --keep-all, and merge them "
                     "with --choose",
                     printable(input.rejected->pdb_id), input.rejected->reason));
  }
}

/// Chooses among what the parts have chosen. Call settle() and accept() for one input after the
/// other, in the order of ranks. Follows ZoneChooser::settle(), with stored results in place of a
/// search.
class MergeChooser {
 public:
  MergeChooser(bool keep_all, double inclusion_radius_A, double boundary_depth_A)
      : keep_all_(keep_all),
        inclusion_radius_A_(inclusion_radius_A),
        boundary_depth_A_(boundary_depth_A) {}

  GreedyChoice& choice() { return choice_; }

  InputOutcome settle(const PlannedInput& input, const Origin& origin) {
    InputOutcome outcome;
    outcome.rejected = input.refused_assemblies;
    const auto reject = [&](const std::string& assembly, const std::string& stage,
                            const std::string& reason, std::int64_t lost = 0) {
      outcome.rejected.push_back(
          {input.source.name(), input.pdb_id, assembly, stage, reason, lost});
    };
    if (input.rejected) {
      outcome.rejected.push_back(*input.rejected);
      return outcome;
    }
    if (std::none_of(input.assemblies.begin(), input.assemblies.end(),
                     [&](const auto& assembly) { return can_add(assembly); })) {
      reject("", "choice", "better structures have all its clusters and pairs of clusters");
      return outcome;
    }
    const std::vector<RejectedRow>& rejected = origin.part->rejected(origin.path);
    for (const RejectedRow& row : rejected)
      if (row.assembly_pdb_id.empty() && row.stage != "choice" && row.stage != "census") {
        reject("", row.stage, row.reason, row.zones);
        return outcome;
      }

    StoredStructures& stored = origin.part->stored();
    const auto assemblies = stored.assemblies(origin.id);
    std::optional<StructureRows> structure = stored.structure(origin.id);
    std::int64_t zones = 0;
    // Zones of the part that were not chosen are not stored.
    bool had_zones = false;
    for (const auto& planned : input.assemblies) {
      if (!can_add(planned)) continue;
      const auto row = std::find_if(rejected.begin(), rejected.end(), [&](const RejectedRow& r) {
        return r.assembly_pdb_id == planned.pdb_id;
      });
      if (row != rejected.end()) {
        reject(planned.pdb_id, row->stage, row->reason, row->zones);
        continue;
      }
      had_zones = true;
      const auto assembly = std::find_if(assemblies.begin(), assemblies.end(),
                                         [&](const auto& a) { return a.pdb_id == planned.pdb_id; });
      if (assembly == assemblies.end() || !structure) continue;
      AssemblyRows rows = choose(planned, *origin.part, *assembly);
      zones += static_cast<std::int64_t>(rows.zones.size());
      if (!rows.zones.empty()) structure->assemblies.push_back(std::move(rows));
    }
    if (structure && !structure->assemblies.empty()) {
      structure->pdb_id = input.pdb_id;
      structure->rank = input.rank;
      structure->quality = input.quality;
      structure->entities = input.entities;
      outcome.structures.push_back(std::move(*structure));
    } else if (had_zones) {
      reject("", "choice", "better structures have all clusters and pairs in its zones", zones);
    }
    return outcome;
  }

 private:
  bool can_add(const PlannedInput::PlannedAssembly& assembly) const {
    return keep_all_ || choice_.can_add(assembly.content);
  }

  /// Returns the rows of the zones that are accepted.
  AssemblyRows choose(const PlannedInput::PlannedAssembly& planned, Part& part,
                      const StoredStructures::AssemblyId& assembly) {
    StoredStructures& stored = part.stored();
    AssemblyRows rows{planned.pdb_id, assembly.atom_count, stored.zones(assembly.id), {}};
    const std::size_t all = rows.zones.size();
    if (!keep_all_) {
      std::vector<ZoneRow> accepted;
      for (const auto i :
           choice_.accept(planned.content, candidates(planned.content, rows.zones, part)))
        accepted.push_back(std::move(rows.zones[i]));
      rows.zones = std::move(accepted);
    }
    if (rows.zones.empty()) return rows;
    rows.tiles = stored.tiles(assembly.id);
    if (rows.zones.size() < all) {
      std::vector<Eigen::Vector3d> centers_A;
      for (const auto& zone : rows.zones) centers_A.push_back(zone.center_A);
      try {
        rows.tiles =
            cut_tiles(std::move(rows.tiles), centers_A, inclusion_radius_A_, boundary_depth_A_);
      } catch (const DamagedTile& error) {
        fail(part, fmt::format("is damaged: assembly {}: {}", assembly.id, error.what()));
      }
    }
    return rows;
  }

  static std::vector<ChoiceCandidate> candidates(const ChoiceAssembly& content,
                                                 const std::vector<ZoneRow>& zones,
                                                 const Part& part) {
    const auto copy_of = [&](const SubchainRow& row) {
      const auto place = content.find(row.pdb_id);
      if (!place)
        fail(part, "is damaged: a zone has subchain " + printable(row.pdb_id) +
                       ", which its assembly does not have");
      return ChoiceCandidate::Copy(*place, static_cast<std::uint32_t>(row.symmetry_mate));
    };
    std::vector<ChoiceCandidate> result;
    for (const auto& zone : zones) {
      auto& candidate = result.emplace_back();
      for (const auto& copy : zone.subchains) candidate.subchains.push_back(copy_of(copy));
      for (const auto& [a, b] : zone.pairs) candidate.pairs.emplace_back(copy_of(a), copy_of(b));
    }
    return result;
  }

  bool keep_all_;
  double inclusion_radius_A_;
  double boundary_depth_A_;
  GreedyChoice choice_;
};

/// Adds the inputs of all parts to a planner, in the order of their paths, and duplicates last.
/// Returns where they are.
std::vector<Origin> add_inputs(const std::vector<std::unique_ptr<Part>>& parts, Planner& planner) {
  struct Added {
    Part* part;
    Part::Input input;
    bool is_duplicate;  // in its part, which has no rows of it
  };
  const auto is_duplicate = [](const Part& part, const CensusEntry& entry) {
    const auto& rejected = part.rejected(entry.file.path);
    return !entry.unreadable && rejected.size() == 1 && rejected.front().stage == "read";
  };
  std::vector<Added> added;
  for (const auto& part : parts)
    for (auto& input : part->inputs()) {
      const bool duplicate = is_duplicate(*part, input.entry);
      added.push_back({part.get(), std::move(input), duplicate});
    }
  std::stable_sort(added.begin(), added.end(), [](const Added& a, const Added& b) {
    return std::tie(a.is_duplicate, a.input.entry.file.path) <
           std::tie(b.is_duplicate, b.input.entry.file.path);
  });
  std::vector<Origin> origins;
  for (auto& [part, input, duplicate] : added) {
    origins.push_back({part, input.id, input.entry.file.path});
    planner.add(std::filesystem::path(input.entry.file.path), std::move(input.entry));
  }
  return origins;
}

}  // namespace

GymCounts merge_databases(const MergeOptions& options) {
  std::vector<std::unique_ptr<Part>> parts;
  for (const auto& path : options.parts) parts.push_back(std::make_unique<Part>(path));
  require_same_parameters(parts);
  Part& first = *parts.front();
  CensusOptions census;
  Metadata metadata = merged_metadata(first, options, census);
  metadata["parts"] = merged_parts(parts, options);
  const double depth_A = number_in(first, "atom_inclusion_boundary_depth_A");

  GymWriter writer(options.database, std::move(metadata));
  Planner planner(census);
  const std::vector<Origin> origins = add_inputs(parts, planner);
  CensusPlan plan = planner.finish();
  for (const auto& remark : plan.remarks) options.on_remark(remark);
  require_no_excluded_zones(plan, origins);
  writer.begin(take_input_files(plan), first.neighbor_offsets_A());

  MergeChooser chooser(census.keep_all, first.inclusion_radius_A(), depth_A);
  const std::size_t done = writer.inputs_done();
  if (done > 0 && !census.keep_all)
    restore_choice(plan.inputs, writer.written_subchains(), chooser.choice());
  for (std::size_t i = done; i < plan.inputs.size(); ++i) {
    if (stop_signal() != 0)
      throw Stopped(
          stop_signal(),
          fmt::format("stopped; {} of {} files are merged and kept in {}.partial; run the "
                      "same command to continue",
                      i, plan.inputs.size(), options.database.string()));
    const InputOutcome outcome = chooser.settle(plan.inputs[i], origins[plan.inputs[i].number]);
    writer.write(outcome);
    for (const auto& rejected : outcome.rejected) options.on_rejected(rejected);
    options.on_settled(i + 1, plan.inputs.size());
  }
  const GymCounts counts = writer.counts();
  writer.finish();
  return counts;
}

}  // namespace mmgym
