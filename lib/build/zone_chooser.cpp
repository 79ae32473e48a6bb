#include "build/zone_chooser.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <numeric>

#include "base/stop_signal.h"
#include "build/gym_rows.h"
#include "inputs/read_file.h"
#include "structure/read_structure.h"
#include "structure/unsure_residues.h"

namespace mmgym {
namespace {

/// Returns the numbers of the subchains that count. Throws StructureError if the structure does not
/// match: the file was replaced after its facts had been read.
std::vector<std::uint32_t> counted_subchains(const ChoiceAssembly& content,
                                             const Structure& structure) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t i = 0; i < content.subchains.size(); ++i) {
    const std::uint32_t number = content.subchains[i].number;
    if (number >= structure.subchains.size() || structure.subchains[number].id != content.id(i))
      throw StructureError("the file has changed since the build began; run the build again");
    numbers.push_back(number);
  }
  return numbers;
}

std::vector<ChoiceCandidate> candidates_of(const std::vector<Zone>& zones,
                                           const Structure& structure,
                                           const ChoiceAssembly& content) {
  std::vector<std::uint32_t> place(structure.subchains.size());
  for (std::uint32_t i = 0; i < content.subchains.size(); ++i)
    place[content.subchains[i].number] = i;
  const auto copy_of = [&place](const SubchainCopy& copy) {
    return ChoiceCandidate::Copy(place[copy.subchain], copy.mate);
  };
  std::vector<ChoiceCandidate> candidates;
  for (const auto& zone : zones) {
    auto& candidate = candidates.emplace_back();
    for (const auto& copy : zone.subchains) candidate.subchains.push_back(copy_of(copy));
    for (const auto& [a, b] : zone.pairs) candidate.pairs.emplace_back(copy_of(a), copy_of(b));
  }
  return candidates;
}

std::vector<std::size_t> all_of(const std::vector<Zone>& zones) {
  std::vector<std::size_t> indices(zones.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  return indices;
}

}  // namespace

std::size_t ZoneChooser::Expanded::bytes() const {
  std::size_t bytes = sizeof(Expanded);
  if (structure)
    bytes += structure->atoms.size() * sizeof(Atom) + structure->residues.size() * sizeof(Residue);
  for (const auto& result : assemblies) {
    bytes += sizeof(AssemblyZones);
    bytes += result.assembly.atom_count() * (sizeof(Eigen::Vector3d) + 2 * sizeof(std::uint32_t));
    for (const auto& zone : result.zones)
      // As zone, candidate and possibly row, which have about the same lists.
      bytes += sizeof(Zone) + sizeof(ChoiceCandidate) + sizeof(ZoneRow) +
               zone.neighbors.size() * 2 * sizeof(int) +
               zone.subchains.size() * (2 * sizeof(SubchainCopy) + sizeof(SubchainRow)) +
               zone.pairs.size() * 2 * (2 * sizeof(SubchainCopy) + sizeof(SubchainRow));
    for (const auto& tile : result.rows.tiles)
      bytes += sizeof(TileRow) + tile.drawing.size() + tile.annotation.size();
  }
  return bytes;
}

bool ZoneChooser::can_add(const GreedyChoice& choice,
                          const PlannedInput::PlannedAssembly& assembly) const {
  const std::shared_lock lock(mutex_);
  return settings_.keep_all || choice.can_add(assembly.content);
}

bool ZoneChooser::can_add_any(const GreedyChoice& choice, const PlannedInput& input) const {
  return std::any_of(input.assemblies.begin(), input.assemblies.end(),
                     [&](const auto& assembly) { return can_add(choice, assembly); });
}

AssemblyRows ZoneChooser::rows_of(const PlannedInput& input, const Expanded::AssemblyZones& result,
                                  const std::vector<std::size_t>& chosen) const {
  if (chosen.empty()) return {};
  std::vector<Zone> zones;
  for (const auto i : chosen) zones.push_back(result.zones[i]);
  return assembly_rows(result.assembly, zones, settings_.parameters,
                       settings_.cath.domains_of(input.pdb_id));
}

/// Chooses among the zones of an assembly and builds their rows. `choice` is only changed if this
/// succeeds.
void ZoneChooser::choose(const PlannedInput& input, GreedyChoice& choice,
                         Expanded::AssemblyZones& result) const {
  GreedyChoice accepted(&choice);
  std::vector<std::size_t> chosen;
  if (settings_.keep_all) {
    chosen = all_of(result.zones);
  } else {
    const std::shared_lock lock(mutex_);
    chosen = accepted.accept(input.assemblies[result.planned].content, result.candidates);
  }
  if (chosen != result.chosen) {
    result.rows = rows_of(input, result, chosen);
    result.chosen = std::move(chosen);
  }
  choice.add(accepted);
}

ZoneChooser::Expanded ZoneChooser::expand(const PlannedInput& input) const {
  Expanded expanded;
  if (input.rejected) return expanded;
  GreedyChoice expected(&choice_);
  if (!can_add_any(expected, input)) return expanded;
  expanded.rejected = {input.source.name(), input.pdb_id, "", "read", ""};
  try {
    std::string bytes = read_bytes(input.source, settings_.limits);
    if (checksum(bytes) != input.checksum)
      throw InputChanged(input.source.name() + ": has changed since the build began");
    const std::string text = decompressed(std::move(bytes), settings_.limits);
    expanded.rejected.stage = "parse";
    expanded.structure = std::make_unique<Structure>(
        read_structure(text, input.source.file_name(), input.model_id, settings_.limits));
  } catch (...) {
    expanded.rejected.reason = reason_in_content();
    return expanded;
  }
  leave_out_unsure_residues(*expanded.structure, settings_.parameters.min_plddt);
  if (expanded.structure->atoms.empty()) {
    expanded.rejected.stage = "zones";
    expanded.rejected.reason =
        fmt::format("no residue has a pLDDT of at least {:g}", settings_.parameters.min_plddt);
    return expanded;
  }
  for (std::size_t i = 0; i < input.assemblies.size(); ++i) {
    throw_if_stopped();
    if (!can_add(expected, input.assemblies[i])) continue;
    auto& result = expanded.assemblies.emplace_back(search(input, i, *expanded.structure));
    try {
      choose(input, expected, result);
    } catch (...) {
      reason_in_content();  // settle() chooses again, and rejects the assembly if that fails too
    }
  }
  return expanded;
}

/// Searches an assembly for zones. The result has zones or a refusal.
ZoneChooser::Expanded::AssemblyZones ZoneChooser::search(const PlannedInput& input,
                                                         std::size_t planned,
                                                         const Structure& structure) const {
  const auto& plan = input.assemblies[planned];
  Expanded::AssemblyZones result;
  result.planned = planned;
  try {
    const auto& recipes = structure.assemblies;
    const auto recipe = std::find_if(recipes.begin(), recipes.end(), [&plan](const auto& known) {
      return known.pdb_id == plan.pdb_id;
    });
    if (recipe == recipes.end()) throw StructureError("the file lacks this assembly");
    result.assembly = build_assembly(structure, *recipe, settings_.limits);
    ZoneSearch search = find_zones(result.assembly, counted_subchains(plan.content, structure),
                                   settings_.parameters, settings_.neighbor_offsets_A);
    result.candidates = candidates_of(search.zones, structure, plan.content);
    result.zones = std::move(search.zones);
    result.refusal = search.reason;
    result.zones_lost = search.zones_lost;
  } catch (...) {
    result.refusal = reason_in_content();
  }
  return result;
}

ZoneChooser::Settled ZoneChooser::settle(const PlannedInput& input, Expanded&& expanded) {
  Settled settled{{}, GreedyChoice(&choice_)};
  InputOutcome& outcome = settled.outcome;
  outcome.rejected = input.refused_assemblies;
  GreedyChoice& choice = settled.choice;
  const auto reject = [&](const std::string& assembly, const char* stage, const std::string& reason,
                          std::size_t lost = 0) {
    outcome.rejected.push_back({input.source.name(), input.pdb_id, assembly, stage, reason,
                                static_cast<std::int64_t>(lost)});
  };
  if (input.rejected) {
    outcome.rejected.push_back(*input.rejected);
    return settled;
  }
  if (!can_add_any(choice, input)) {
    not_needed_ += expanded.structure ? 1 : 0;
    reject("", "choice", "better structures have all its clusters and pairs of clusters");
    return settled;
  }
  ++needed_;
  if (!expanded.rejected.reason.empty()) {
    outcome.rejected.push_back(expanded.rejected);
    return settled;
  }

  StructureRows structure{input.pdb_id,
                          input.model_id,
                          {},
                          input.rank,
                          input.quality,
                          input.entities,
                          expanded.structure->unmodelled_atoms,
                          expanded.structure->unsure_residues};
  std::size_t zones = 0;
  for (std::size_t i = 0; i < input.assemblies.size(); ++i) {
    const auto& plan = input.assemblies[i];
    if (!can_add(choice, plan)) continue;
    auto& all = expanded.assemblies;
    auto result = std::find_if(all.begin(), all.end(),
                               [i](const auto& assembly) { return assembly.planned == i; });
    // Missing if an earlier assembly, which has been rejected since, had all its clusters.
    if (result == all.end()) result = all.insert(all.end(), search(input, i, *expanded.structure));
    if (result->zones.empty()) {
      reject(plan.pdb_id, "zones", result->refusal, result->zones_lost);
      continue;
    }
    try {
      choose(input, choice, *result);
    } catch (...) {
      reject(plan.pdb_id, "write", reason_in_content(), result->zones.size());
      continue;
    }
    zones += result->zones.size();
    if (!result->chosen->empty()) structure.assemblies.push_back(std::move(result->rows));
  }
  if (!structure.assemblies.empty())
    outcome.structures.push_back(std::move(structure));
  else if (zones > 0)
    reject("", "choice",
           fmt::format("better structures have all clusters and pairs in its {} zones", zones),
           zones);
  return settled;
}

void ZoneChooser::accept(const GreedyChoice& choice) {
  const std::unique_lock lock(mutex_);
  choice_.add(choice);
}

}  // namespace mmgym
