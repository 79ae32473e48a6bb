#include "build/build_database.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/ordered_work.h"
#include "base/stop_signal.h"
#include "build/build_metadata.h"
#include "build/zone_chooser.h"
#include "database/gym_writer.h"
#include "database/written_subchains.h"
#include "inputs/input_limit_settings.h"
#include "plan/memory_estimate.h"

namespace mmgym {
namespace {

/// Writes the rows of an input, or the reason why its content does not allow that.
InputOutcome write_input(const PlannedInput& input, ZoneChooser::Expanded&& expanded,
                         ZoneChooser& chooser, GymWriter& writer) {
  try {
    ZoneChooser::Settled settled = chooser.settle(input, std::move(expanded));
    writer.write(settled.outcome);
    chooser.accept(settled.choice);
    return std::move(settled.outcome);
  } catch (...) {
    const RejectedRow row{input.source.name(), input.pdb_id, "", "write", reason_in_content()};
    const InputOutcome outcome{{}, {row}};
    writer.write(outcome);
    return outcome;
  }
}

/// Builds the database with a writer that is open.
BuildResult build(const BuildOptions& options, CathDomains&& cath, GymWriter& writer) {
  const auto offsets_A = neighbor_offsets_A(options.parameters);
  CensusPlan plan = plan_census(options.files, options.census, options.parameters, options.threads,
                                options.on_facts_read, options.times);
  for (const auto& remark : plan.remarks) options.on_remark(remark);

  const bool may_be_empty = options.part && options.files.empty();
  if (!may_be_empty && std::all_of(plan.inputs.begin(), plan.inputs.end(),
                                   [](const auto& input) { return input.rank == 0; })) {
    for (const auto& input : plan.inputs) options.on_rejected(*input.rejected);
    throw InputError(fmt::format("{}: not written: none of the {} input files can be read",
                                 options.database.string(), plan.inputs.size()));
  }

  writer.begin(take_input_files(plan), offsets_A);
  ZoneChooser chooser({options.parameters, offsets_A, std::move(cath), options.census.keep_all,
                       options.census.limits, options.times});
  const std::size_t first = writer.inputs_done();
  if (first > 0 && !options.census.keep_all)
    chooser.restore(plan.inputs, written_subchains(writer.connection()));
  std::vector<std::size_t> work_bytes;
  for (const auto& input : plan.inputs) work_bytes.push_back(expansion_bytes(input));
  using Clock = std::chrono::steady_clock;
  double write_s = 0;
  OrderedWork<ZoneChooser::Expanded> work;
  work.count = plan.inputs.size() - first;
  work.work = [&](std::uint64_t i) { return chooser.expand(plan.inputs[first + i]); };
  work.work_bytes = [&](std::uint64_t i) { return work_bytes[first + i]; };
  work.result_bytes = [](const ZoneChooser::Expanded& expanded) { return expanded.bytes(); };
  work.write = [&](std::uint64_t i, ZoneChooser::Expanded&& expanded) {
    const StageTimer timer(options.times, Stage::write);
    const auto start = Clock::now();
    const InputOutcome outcome =
        write_input(plan.inputs[first + i], std::move(expanded), chooser, writer);
    write_s += std::chrono::duration<double>(Clock::now() - start).count();
    for (const auto& rejected : outcome.rejected) options.on_rejected(rejected);
    options.on_settled(first + i + 1);
  };
  const auto refuse = [&](const std::string& why) {
    writer.discard();
    throw InputError(options.database.string() + ": not written: " + why);
  };
  try {
    run_ordered(std::move(work), limits_for_zones(options.threads, options.census.keep_all));
  } catch (const InputChanged& changed) {
    // The rows written so far may differ with the new content.
    refuse(std::string(changed.what()) + "; run the same command again");
  }

  const BuildResult counts = {writer.counts(), chooser.needed(), chooser.not_needed(), write_s};
  if (options.strict && counts.rejected > 0)
    refuse(fmt::format("{} inputs were rejected and --strict is set", counts.rejected));
  writer.finish();
  return counts;
}

}  // namespace

BuildResult build_database(const BuildOptions& options) {
  check(options.parameters);
  check(options.census.limits);
  CathDomains cath;
  if (!options.cath.empty()) cath = CathDomains(options.cath, options.cath_min_domains);
  // Opens the output before the census, which takes minutes, so that a bad path fails at once.
  GymWriter writer(options.database, build_metadata(options, cath));
  try {
    return build(options, std::move(cath), writer);
  } catch (const Stopped& stopped) {
    const std::size_t done = writer.inputs_done();
    throw Stopped(stopped.signal(),
                  done == 0 ? "stopped before the first file was finished; run the same command to "
                              "continue"
                            : fmt::format("stopped; {} of {} files are finished and kept in "
                                          "{}.partial; run the same command to continue",
                                          done, options.files.size(), options.database.string()));
  }
}

}  // namespace mmgym
