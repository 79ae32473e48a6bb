#include "build/zone_chooser.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <numeric>
#include <unordered_map>

#include "build/gym_rows.h"
#include "inputs/read_file.h"
#include "structure/read_structure.h"

namespace mmgym {
namespace {

std::vector<ChoiceCandidate> candidates_of(const std::vector<Zone>& zones,
                                           const Structure& structure,
                                           const ChoiceAssembly& content) {
  std::unordered_map<std::string, std::uint32_t> number_of_id;
  for (std::uint32_t i = 0; i < content.subchains.size(); ++i)
    number_of_id[content.subchains[i].id] = i;
  const auto copy_of = [&](const SubchainCopy& copy) {
    return ChoiceCandidate::Copy(number_of_id.at(structure.subchains[copy.subchain].id), copy.mate);
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
  for (const auto& of : assemblies) {
    bytes += sizeof(OfAssembly);
    bytes += of.assembly.atom_count() * (sizeof(Eigen::Vector3d) + 2 * sizeof(std::uint32_t));
    for (const auto& zone : of.zones)
      // As zone, as candidate, and perhaps as row: three lists of about the same.
      bytes += sizeof(Zone) + sizeof(ChoiceCandidate) + sizeof(ZoneRow) +
               zone.neighbors.size() * 2 * sizeof(int) +
               zone.subchains.size() * (2 * sizeof(SubchainCopy) + sizeof(SubchainRow)) +
               zone.pairs.size() * 2 * (2 * sizeof(SubchainCopy) + sizeof(SubchainRow));
    for (const auto& tile : of.rows.tiles)
      bytes += sizeof(TileRow) + tile.drawing.size() + tile.annotation.size();
  }
  return bytes;
}

bool ZoneChooser::can_add(const GreedyChoice& choice,
                          const PlannedInput::PlannedAssembly& assembly) const {
  return settings_.keep_all || choice.can_add(assembly.content);
}

AssemblyRows ZoneChooser::rows_of(const PlannedInput& input, const Expanded::OfAssembly& of) const {
  if (of.chosen.empty()) return {};
  std::vector<Zone> zones;
  for (const auto i : of.chosen) zones.push_back(of.zones[i]);
  return assembly_rows(of.assembly, zones, settings_.parameters,
                       settings_.cath.domains_of(input.pdb_id));
}

ZoneChooser::Expanded ZoneChooser::expand(const PlannedInput& input) const {
  Expanded expanded;
  if (input.rejected) return expanded;
  GreedyChoice expected(&choice_);
  {
    const std::shared_lock lock(mutex_);
    if (std::none_of(input.assemblies.begin(), input.assemblies.end(),
                     [&](const auto& assembly) { return can_add(expected, assembly); }))
      return expanded;
  }
  expanded.rejected = {input.path.string(), input.pdb_id, "", "read", ""};
  try {
    std::string bytes = read_bytes(input.path);
    if (checksum(bytes) != input.checksum)
      throw InputError("changed while it was being read; run the build again");
    const std::string text = decompressed(std::move(bytes));
    expanded.rejected.stage = "parse";
    expanded.structure = std::make_unique<Structure>(
        read_structure(text, input.path.filename().string(), input.model_id));
  } catch (const InputError& error) {
    expanded.rejected.reason = error.what();
    return expanded;
  }
  for (std::size_t i = 0; i < input.assemblies.size(); ++i)
    expand_assembly(input, i, expected, expanded);
  return expanded;
}

void ZoneChooser::expand_assembly(const PlannedInput& input, std::size_t planned,
                                  GreedyChoice& expected, Expanded& expanded) const {
  const auto& plan = input.assemblies[planned];
  {
    const std::shared_lock lock(mutex_);
    if (!can_add(expected, plan)) return;
  }
  auto& of = expanded.assemblies.emplace_back();
  of.planned = planned;
  try {
    const auto& recipes = expanded.structure->assemblies;
    const auto recipe = std::find_if(recipes.begin(), recipes.end(), [&plan](const auto& known) {
      return known.pdb_id == plan.pdb_id;
    });
    if (recipe == recipes.end()) throw StructureError("there is no such assembly");
    of.assembly = build_assembly(*expanded.structure, *recipe);
    ZoneSearch search = find_zones(of.assembly, settings_.parameters, settings_.neighbor_offsets_A);
    of.zones = std::move(search.zones);
    of.refusal = search.reason;
    of.candidates = candidates_of(of.zones, *expanded.structure, plan.content);
    if (settings_.keep_all) {
      of.chosen = all_of(of.zones);
    } else {
      const std::shared_lock lock(mutex_);
      of.chosen = expected.accept(plan.content, of.candidates);
    }
    of.rows = rows_of(input, of);
  } catch (const InputError& error) {
    of.zones.clear();
    of.refusal = error.what();
  }
}

InputOutcome ZoneChooser::settle(const PlannedInput& input, Expanded&& expanded) {
  InputOutcome outcome;
  const auto reject = [&](const std::string& assembly, const char* stage,
                          const std::string& reason) {
    outcome.rejected.push_back({input.path.string(), input.pdb_id, assembly, stage, reason});
  };
  if (input.rejected) {
    outcome.rejected.push_back(*input.rejected);
    return outcome;
  }

  const std::unique_lock lock(mutex_);
  if (std::none_of(input.assemblies.begin(), input.assemblies.end(),
                   [&](const auto& assembly) { return can_add(choice_, assembly); })) {
    not_needed_ += expanded.structure ? 1 : 0;
    reject("", "choice", "better structures have all that it is made of, and all pairs of that");
    return outcome;
  }
  ++needed_;
  if (!expanded.rejected.reason.empty()) {
    outcome.rejected.push_back(expanded.rejected);
    return outcome;
  }

  StructureRows structure{input.pdb_id, input.model_id, {},
                          input.rank,   input.quality,  input.entities};
  std::size_t zones = 0;
  for (auto& of : expanded.assemblies) {
    const auto& plan = input.assemblies[of.planned];
    if (!can_add(choice_, plan)) continue;
    if (of.zones.empty()) {
      reject(plan.pdb_id, "zones", of.refusal);
      continue;
    }
    zones += of.zones.size();
    std::vector<std::size_t> chosen =
        settings_.keep_all ? all_of(of.zones) : choice_.accept(plan.content, of.candidates);
    if (chosen != of.chosen) {
      of.chosen = std::move(chosen);
      of.rows = rows_of(input, of);
    }
    if (!of.chosen.empty()) structure.assemblies.push_back(std::move(of.rows));
  }
  if (!structure.assemblies.empty())
    outcome.structures.push_back(std::move(structure));
  else if (zones > 0)
    reject("", "choice", fmt::format("better structures have what is in its {} zones", zones));
  return outcome;
}

void ZoneChooser::restore(const std::vector<PlannedInput>& inputs,
                          const std::vector<WrittenSubchains>& written) {
  std::unordered_map<std::string, const PlannedInput*> by_id;
  for (const auto& input : inputs) by_id[input.pdb_id] = &input;
  for (const auto& row : written) {
    const auto input = by_id.find(row.structure_pdb_id);
    if (input == by_id.end()) continue;
    for (const auto& assembly : input->second->assemblies) {
      const auto& subchains = assembly.content.subchains;
      const auto number_of = [&subchains](const std::string& id) {
        return static_cast<std::uint32_t>(
            std::find_if(subchains.begin(), subchains.end(),
                         [&id](const auto& subchain) { return subchain.id == id; }) -
            subchains.begin());
      };
      const ChoiceCandidate::Copy first = {number_of(row.pdb_id_1), 0};
      const ChoiceCandidate::Copy second = {number_of(row.pdb_id_2), 0};
      ChoiceCandidate candidate;
      if (row.pdb_id_2.empty())
        candidate.subchains = {first};
      else
        candidate.pairs = {{first, second}};
      if (first.first < subchains.size() &&
          (row.pdb_id_2.empty() || second.first < subchains.size()))
        choice_.restore(assembly.content, candidate);
    }
  }
}

}  // namespace mmgym
