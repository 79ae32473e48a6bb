#include "merge/merge_databases.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "base/stop_signal.h"
#include "database/written_subchains.h"
#include "merge/carry_splits.h"
#include "merge/merge_parameters.h"
#include "merge/merge_plan.h"
#include "merge/part_choice.h"
#include "merge/part_results.h"
#include "plan/restore_choice.h"

namespace mmgym {
namespace {

/// Writes the inputs of a plan, in order.
class Merger {
 public:
  Merger(const MergeOptions& options, const MergePlan& plan, Choosing&& choosing)
      : options_(options), plan_(plan), choosing_(std::move(choosing)) {}

  void run(GymWriter& writer) {
    const auto& inputs = plan_.census.inputs;
    const std::size_t done = writer.inputs_done();
    if (done > 0 && !choosing_.keep_all)
      restore_choice(inputs, written_subchains(writer.connection()), choosing_.choice);
    for (std::size_t i = done; i < inputs.size(); ++i) {
      if (stop_signal() != 0)
        throw Stopped(
            stop_signal(),
            fmt::format("stopped; {} of {} files are merged and kept in {}.partial; run the "
                        "same command to continue",
                        i, inputs.size(), options_.database.string()));
      const InputOutcome outcome = outcome_of(inputs[i]);
      writer.write(outcome);
      for (const auto& rejected : outcome.rejected) options_.on_rejected(rejected);
      options_.on_settled(i + 1, inputs.size());
    }
  }

 private:
  InputOutcome outcome_of(const PlannedInput& input) {
    const auto& origins = plan_.origins[input.number];
    const Origin* origin = &origins.front();
    bool incomplete = false;
    if (!input.rejected && !choosing_.keep_all && can_add(input)) {
      const auto complete = std::find_if(origins.begin(), origins.end(), [&](const Origin& o) {
        return !may_lack_zones(input, o);
      });
      incomplete = complete == origins.end();
      if (!incomplete) origin = &*complete;
    }
    PartResults results(input, *origin, choosing_);
    InputOutcome outcome = settle_input(input, results);
    outcome.incomplete = incomplete;
    if (incomplete) {
      options_.on_incomplete(input.pdb_id);
      // The part gives a reason that is not true any more.
      if (!origin->part->stored().structure(origin->id))
        outcome.rejected = {
            {input.source.name(), input.pdb_id, "", "choice",
             "its zones were dropped for structures that were removed or replaced"}};
    }
    return outcome;
  }

  bool can_add(const PlannedInput& input) const {
    return std::any_of(
        input.assemblies.begin(), input.assemblies.end(),
        [this](const auto& assembly) { return choosing_.choice.can_add(assembly.content); });
  }

  bool may_lack_zones(const PlannedInput& input, const Origin& origin) {
    if (origin.incomplete) return true;
    if (!plan_.changed.contains(origin.part)) return false;
    auto& choice = choices_[origin.part];
    if (!choice)
      choice = std::make_unique<PartChoice>(*origin.part, census_of(*origin.part, options_));
    return choice->may_lack_zones(origin.id, input, choosing_.choice);
  }

  const MergeOptions& options_;
  const MergePlan& plan_;
  Choosing choosing_;
  std::map<const Part*, std::unique_ptr<PartChoice>> choices_;
};

}  // namespace

GymCounts merge_databases(const MergeOptions& options) {
  Parts parts;
  for (const auto& path : options.parts) parts.push_back(std::make_unique<Part>(path));
  require_same_parameters(parts);
  Part& first = *parts.front();
  CensusOptions census;
  Metadata metadata = merged_metadata(first, options, census);
  metadata["parts"] = merged_parts(parts, options);
  const double depth_A = first.metadata_number("atom_inclusion_boundary_depth_A");

  GymWriter writer(options.database, std::move(metadata));
  MergePlan plan = plan_merge(parts, options, census);
  for (const auto& remark : plan.census.remarks) options.on_remark(remark);
  writer.begin(take_input_files(plan.census), first.neighbor_offsets_A());
  Merger(options, plan, {census.keep_all, first.inclusion_radius_A(), depth_A}).run(writer);
  carry_splits(parts, options, writer.connection());
  const GymCounts counts = writer.counts();
  writer.finish();
  return counts;
}

}  // namespace mmgym
