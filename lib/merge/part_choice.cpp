#include "merge/part_choice.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "database/written_subchains.h"
#include "plan/planner.h"
#include "plan/restore_choice.h"

namespace mmgym {

PartChoice::PartChoice(Part& part, const CensusOptions& census) : part_(part) {
  std::vector<Part::Input> inputs = part.inputs();
  std::sort(inputs.begin(), inputs.end(), is_planned_before);
  std::vector<std::int64_t> ids;
  Planner planner(census);
  for (auto& input : inputs) {
    ids.push_back(input.id);
    planner.add(std::filesystem::path(input.entry.file.path), std::move(input.entry));
  }
  CensusPlan plan = planner.finish();
  inputs_.resize(plan.inputs.size());
  for (auto& input : plan.inputs) {
    const auto id = static_cast<std::size_t>(ids[input.number]);
    if (id >= inputs_.size()) part.fail("is damaged: the ids of its inputs are not 0, 1, ...");
    input.file = {};  // not needed, and large
    inputs_[id] = std::move(input);
  }
  for (WrittenSubchains& row : written_subchains(part.connection()))
    written_[row.structure_pdb_id].push_back(std::move(row));
}

/// Accepts what is in the zones of an input.
void PartChoice::accept_zones(std::int64_t input_id) {
  const auto structure = part_.stored().structure(input_id);
  if (!structure) return;
  for (const auto& row : written_[structure->pdb_id])
    restore_choice(inputs_[static_cast<std::size_t>(input_id)], row, choice_);
}

bool PartChoice::may_lack_zones(std::int64_t input_id, const PlannedInput& input,
                                const GreedyChoice& accepted) {
  for (; next_ < input_id; ++next_) accept_zones(next_);
  const PlannedInput& mine = inputs_[static_cast<std::size_t>(input_id)];
  if (mine.rejected) return true;  // it was not searched
  return std::any_of(input.assemblies.begin(), input.assemblies.end(), [&](const auto& assembly) {
    const auto same =
        std::find_if(mine.assemblies.begin(), mine.assemblies.end(),
                     [&](const auto& planned) { return planned.pdb_id == assembly.pdb_id; });
    return same == mine.assemblies.end() ||
           choice_.has_more_than(accepted, same->content, assembly.content);
  });
}

}  // namespace mmgym
