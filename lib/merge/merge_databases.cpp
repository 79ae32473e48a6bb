#include "merge/merge_databases.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "base/share.h"
#include "base/stop_signal.h"
#include "base/text.h"
#include "build/build_metadata.h"
#include "build/settle_input.h"
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
    if (const std::string differences =
            metadata_differences(metadata, first.metadata(), kOwn, "in " + first.path().string());
        !differences.empty())
      fail(*part, "was built with other parameters: " + differences);
  }
}

Share share_in(const json& text, const Part& part) {
  try {
    return parse_share("parts", text.get<std::string>());
  } catch (const std::exception& error) {
    fail(part, std::string("is damaged: metadata: ") + error.what());
  }
}

/// Returns what `parts` of the merged database is: the parts k/n that were merged, without those
/// of which all are there. Throws DatabaseError if one is given twice.
std::string merged_parts(const std::vector<std::unique_ptr<Part>>& parts,
                         const MergeOptions& options) {
  std::map<std::uint64_t, std::set<std::uint64_t>> numbers;  // by count
  for (const auto& part : parts) {
    const auto found = part->metadata().find("parts");
    const json texts = found == part->metadata().end() ? json::array()
                                                       : json::parse(found->second, nullptr, false);
    for (const auto& text : texts) {
      const Share share = share_in(text, *part);
      if (!numbers[share.count].insert(share.number).second)
        fail(*part, fmt::format("contains part {}, which was given before; give each part once",
                                share.text()));
    }
  }
  json merged = json::array();
  for (const auto& [count, there] : numbers) {
    if (there.size() == count) continue;
    for (const auto number : there) merged.push_back(Share{number, count}.text());
    std::string missing;
    constexpr int kMostShown = 5;
    int shown = 0;
    for (std::uint64_t number = 0; number < count && shown <= kMostShown; ++number)
      if (!there.contains(number))
        missing += shown++ < kMostShown
                       ? (missing.empty() ? "" : ", ") + Share{number, count}.text()
                       : ", ...";
    options.on_remark(
        fmt::format("{} of {} parts are not merged yet: {}", count - there.size(), count, missing));
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

std::vector<ChoiceCandidate> candidates_of(const std::vector<ZoneRow>& zones,
                                           const ChoiceAssembly& content, const Part& part) {
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

/// How zones are chosen in all parts.
struct Choosing {
  bool keep_all = false;
  double inclusion_radius_A = 0;
  double boundary_depth_A = 0;
  GreedyChoice choice = {};
};

/// The results of an input in its part.
class PartResults final : public InputResults {
 public:
  PartResults(const PlannedInput& input, const Origin& origin, Choosing& choosing)
      : input_(input),
        part_(*origin.part),
        stored_(part_.stored()),
        rejected_(part_.rejected(origin.path)),
        origin_(origin),
        assemblies_(stored_.assemblies(origin.id)),
        choosing_(choosing) {}

  bool can_add(const PlannedInput::PlannedAssembly& assembly) const override {
    return choosing_.keep_all || choosing_.choice.can_add(assembly.content);
  }

  std::optional<RejectedRow> rejection() const override {
    for (const RejectedRow& row : rejected_)
      if (row.assembly_pdb_id.empty() && row.stage != "choice" && row.stage != "census")
        return RejectedRow{input_.source.name(), input_.pdb_id, "", row.stage,
                           row.reason,           row.zones};
    return std::nullopt;
  }

  StructureRows structure() const override {
    return stored_.structure(origin_.id).value_or(StructureRows());
  }

  AssemblyResult choose(std::size_t planned) override {
    const auto& plan = input_.assemblies[planned];
    const auto is_of_assembly = [&plan](const std::string& id) { return id == plan.pdb_id; };
    const auto row = std::find_if(rejected_.begin(), rejected_.end(), [&](const RejectedRow& r) {
      return is_of_assembly(r.assembly_pdb_id);
    });
    if (row != rejected_.end()) return {{}, 0, row->stage, row->reason, row->zones};
    const auto assembly = std::find_if(assemblies_.begin(), assemblies_.end(),
                                       [&](const auto& a) { return is_of_assembly(a.pdb_id); });
    // Zones that the part has not chosen are not stored.
    if (assembly == assemblies_.end()) return {};
    AssemblyResult result;
    result.rows = {plan.pdb_id, assembly->atom_count, stored_.zones(assembly->id), {}};
    result.zones = static_cast<std::int64_t>(result.rows.zones.size());
    if (!choosing_.keep_all) keep_accepted(plan.content, result.rows);
    if (!result.rows.zones.empty()) add_tiles(*assembly, result);
    return result;
  }

 private:
  void keep_accepted(const ChoiceAssembly& content, AssemblyRows& rows) {
    std::vector<ZoneRow> accepted;
    for (const auto i : choosing_.choice.accept(content, candidates_of(rows.zones, content, part_)))
      accepted.push_back(std::move(rows.zones[i]));
    rows.zones = std::move(accepted);
  }

  void add_tiles(const StoredStructures::AssemblyId& assembly, AssemblyResult& result) {
    AssemblyRows& rows = result.rows;
    rows.tiles = stored_.tiles(assembly.id);
    if (static_cast<std::int64_t>(rows.zones.size()) == result.zones) return;
    std::vector<Eigen::Vector3d> centers_A;
    for (const auto& zone : rows.zones) centers_A.push_back(zone.center_A);
    try {
      rows.tiles = cut_tiles(std::move(rows.tiles), centers_A, choosing_.inclusion_radius_A,
                             choosing_.boundary_depth_A);
    } catch (const DamagedTile& error) {
      fail(part_, fmt::format("is damaged: assembly {}: {}", assembly.id, error.what()));
    }
  }

  const PlannedInput& input_;
  Part& part_;
  StoredStructures& stored_;
  const std::vector<RejectedRow>& rejected_;
  const Origin& origin_;
  std::vector<StoredStructures::AssemblyId> assemblies_;
  Choosing& choosing_;
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

  Choosing choosing = {census.keep_all, first.inclusion_radius_A(), depth_A};
  const std::size_t done = writer.inputs_done();
  if (done > 0 && !census.keep_all)
    restore_choice(plan.inputs, writer.written_subchains(), choosing.choice);
  for (std::size_t i = done; i < plan.inputs.size(); ++i) {
    if (stop_signal() != 0)
      throw Stopped(
          stop_signal(),
          fmt::format("stopped; {} of {} files are merged and kept in {}.partial; run the "
                      "same command to continue",
                      i, plan.inputs.size(), options.database.string()));
    PartResults results(plan.inputs[i], origins[plan.inputs[i].number], choosing);
    const InputOutcome outcome = settle_input(plan.inputs[i], results);
    writer.write(outcome);
    for (const auto& rejected : outcome.rejected) options.on_rejected(rejected);
    options.on_settled(i + 1, plan.inputs.size());
  }
  const GymCounts counts = writer.counts();
  writer.finish();
  return counts;
}

}  // namespace mmgym
