#include "build/zone_chooser.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <numeric>

#include "base/stop_signal.h"
#include "build/gym_rows.h"
#include "build/settle_input.h"
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
  return candidates_of(zones, [&place](const SubchainCopy& copy) {
    return ChoiceCandidate::Copy(place[copy.subchain], copy.mate);
  });
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
                       settings_.cath.domains_of(input.pdb_id), settings_.times);
}

/// Chooses among the zones of an assembly and builds their rows. `choice` is only changed if this
/// succeeds.
void ZoneChooser::choose(const PlannedInput& input, GreedyChoice& choice,
                         Expanded::AssemblyZones& result) const {
  const StageTimer timer(settings_.times, Stage::choose_zones);
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
  const StageTimer timer(settings_.times, Stage::search);
  expanded.rejected = {input.source.name(), input.pdb_id, "", "read", ""};
  try {
    std::string bytes = timed(settings_.times, Stage::read_file,
                              [&] { return read_bytes(input.source, settings_.limits); });
    if (checksum(bytes) != input.file.checksum)
      throw InputChanged(input.source.name() + ": has changed since the build began");
    const std::string text = timed(settings_.times, Stage::decompress, [&] {
      return decompressed(std::move(bytes), settings_.limits);
    });
    expanded.rejected.stage = "parse";
    const StageTimer reading(settings_.times, Stage::read_structure);
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
    result.assembly = timed(settings_.times, Stage::build_assembly,
                            [&] { return build_assembly(structure, *recipe, settings_.limits); });
    ZoneSearch search =
        find_zones(result.assembly, counted_subchains(plan.content, structure),
                   settings_.parameters, settings_.neighbor_offsets_A, settings_.times);
    result.candidates = candidates_of(search.zones, structure, plan.content);
    result.zones = std::move(search.zones);
    result.refusal = search.reason;
    result.zones_lost = search.zones_lost;
  } catch (...) {
    result.refusal = reason_in_content();
  }
  return result;
}

/// The results of a search.
class ZoneChooser::SearchResults final : public InputResults {
 public:
  SearchResults(const ZoneChooser& chooser, const PlannedInput& input, Expanded& expanded,
                GreedyChoice& choice)
      : chooser_(chooser), input_(input), expanded_(expanded), choice_(choice) {}

  bool can_add(const PlannedInput::PlannedAssembly& assembly) const override {
    return chooser_.can_add(choice_, assembly);
  }

  std::optional<RejectedRow> rejection() const override {
    return expanded_.rejected.reason.empty() ? std::nullopt : std::optional(expanded_.rejected);
  }

  StructureRows structure() const override {
    StructureRows rows;
    rows.unmodelled_atoms = expanded_.structure->unmodelled_atoms;
    rows.unsure_residues = expanded_.structure->unsure_residues;
    return rows;
  }

  AssemblyResult choose(std::size_t planned) override {
    auto& all = expanded_.assemblies;
    auto found = std::find_if(all.begin(), all.end(), [planned](const auto& assembly) {
      return assembly.planned == planned;
    });
    // Missing if an earlier assembly, which has been rejected since, had all its clusters.
    if (found == all.end())
      found = all.insert(all.end(), chooser_.search(input_, planned, *expanded_.structure));
    const auto zones = static_cast<std::int64_t>(found->zones.size());
    if (zones == 0)
      return {{}, 0, "zones", found->refusal, static_cast<std::int64_t>(found->zones_lost)};
    try {
      chooser_.choose(input_, choice_, *found);
    } catch (...) {
      return {{}, 0, "write", reason_in_content(), zones};
    }
    return {std::move(found->rows), zones};
  }

 private:
  const ZoneChooser& chooser_;
  const PlannedInput& input_;
  Expanded& expanded_;
  GreedyChoice& choice_;
};

ZoneChooser::Settled ZoneChooser::settle(const PlannedInput& input, Expanded&& expanded) {
  Settled settled{{}, GreedyChoice(&choice_)};
  if (!input.rejected) {
    if (can_add_any(settled.choice, input))
      ++needed_;
    else
      not_needed_ += expanded.structure ? 1 : 0;
  }
  SearchResults results(*this, input, expanded, settled.choice);
  settled.outcome = settle_input(input, results);
  return settled;
}

void ZoneChooser::accept(const GreedyChoice& choice) {
  const std::unique_lock lock(mutex_);
  choice_.add(choice);
}

}  // namespace mmgym
