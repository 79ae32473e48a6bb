#include "merge/part_results.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "database/tile_codec.h"
#include "merge/cut_tiles.h"

namespace mmgym {
namespace {

std::vector<ChoiceCandidate> candidates_of(const std::vector<ZoneRow>& zones,
                                           const ChoiceAssembly& content, const Part& part) {
  return candidates_of(zones, [&](const SubchainRow& row) {
    const auto place = content.find(row.pdb_id);
    if (!place)
      part.fail("is damaged: a zone has subchain " + printable(row.pdb_id) +
                ", which its assembly does not have");
    return ChoiceCandidate::Copy(*place, static_cast<std::uint32_t>(row.symmetry_mate));
  });
}

}  // namespace

PartResults::PartResults(const PlannedInput& input, const Origin& origin, Choosing& choosing)
    : input_(input),
      part_(*origin.part),
      stored_(part_.stored()),
      rejected_(part_.rejected(origin.path)),
      origin_(origin),
      assemblies_(stored_.assemblies(origin.id)),
      choosing_(choosing) {}

bool PartResults::can_add(const PlannedInput::PlannedAssembly& assembly) const {
  return choosing_.keep_all || choosing_.choice.can_add(assembly.content);
}

std::optional<RejectedRow> PartResults::rejection() const {
  for (const RejectedRow& row : rejected_)
    if (row.assembly_pdb_id.empty() && row.stage != "choice" && row.stage != "census")
      return RejectedRow{input_.source.name(), input_.pdb_id, "", row.stage, row.reason, row.zones};
  return std::nullopt;
}

StructureRows PartResults::structure() const {
  return stored_.structure(origin_.id).value_or(StructureRows());
}

AssemblyResult PartResults::choose(std::size_t planned) {
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

void PartResults::keep_accepted(const ChoiceAssembly& content, AssemblyRows& rows) {
  std::vector<ZoneRow> accepted;
  for (const auto i : choosing_.choice.accept(content, candidates_of(rows.zones, content, part_)))
    accepted.push_back(std::move(rows.zones[i]));
  rows.zones = std::move(accepted);
}

void PartResults::add_tiles(const StoredStructures::AssemblyId& assembly, AssemblyResult& result) {
  AssemblyRows& rows = result.rows;
  rows.tiles = stored_.tiles(assembly.id);
  if (static_cast<std::int64_t>(rows.zones.size()) == result.zones) return;
  std::vector<Eigen::Vector3d> centers_A;
  for (const auto& zone : rows.zones) centers_A.push_back(zone.center_A);
  try {
    rows.tiles = cut_tiles(std::move(rows.tiles), centers_A, choosing_.inclusion_radius_A,
                           choosing_.boundary_depth_A);
  } catch (const DamagedTile& error) {
    part_.fail(fmt::format("is damaged: assembly {}: {}", assembly.id, error.what()));
  }
}

}  // namespace mmgym
