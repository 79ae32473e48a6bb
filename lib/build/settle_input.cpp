#include "build/settle_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mmgym {

InputOutcome settle_input(const PlannedInput& input, InputResults& results) {
  InputOutcome outcome;
  outcome.rejected = input.refused_assemblies;
  const auto reject = [&](const std::string& assembly, const std::string& stage,
                          const std::string& reason, std::int64_t lost = 0) {
    outcome.rejected.push_back({input.source.name(), input.pdb_id, assembly, stage, reason, lost});
  };
  if (input.rejected) {
    outcome.rejected.push_back(*input.rejected);
    return outcome;
  }
  if (std::none_of(input.assemblies.begin(), input.assemblies.end(),
                   [&](const auto& assembly) { return results.can_add(assembly); })) {
    reject("", "choice", "better structures have all its clusters and pairs of clusters");
    return outcome;
  }
  if (auto rejection = results.rejection()) {
    outcome.rejected.push_back(std::move(*rejection));
    return outcome;
  }

  StructureRows structure = results.structure();
  structure.pdb_id = input.pdb_id;
  structure.model_id = input.model_id;
  structure.rank = input.rank;
  structure.quality = input.quality;
  structure.entities = input.entities;
  bool has_zones = false;
  std::int64_t zones = 0;
  for (std::size_t i = 0; i < input.assemblies.size(); ++i) {
    if (!results.can_add(input.assemblies[i])) continue;
    AssemblyResult result = results.choose(i);
    if (!result.reason.empty()) {
      reject(input.assemblies[i].pdb_id, result.stage, result.reason, result.zones_lost);
      continue;
    }
    has_zones = true;
    zones += result.zones;
    if (!result.rows.zones.empty()) structure.assemblies.push_back(std::move(result.rows));
  }
  if (!structure.assemblies.empty())
    outcome.structures.push_back(std::move(structure));
  else if (has_zones)
    reject("", "choice",
           fmt::format("better structures have all clusters and pairs in its {}zones",
                       zones > 0 ? fmt::format("{} ", zones) : ""),
           zones);
  return outcome;
}

}  // namespace mmgym
