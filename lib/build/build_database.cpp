#include "build/build_database.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/md5.h"
#include "base/ordered_work.h"
#include "base/stop_signal.h"
#include "base/version.h"
#include "build/gym_rows.h"
#include "build/memory_estimate.h"
#include "build/zone_chooser.h"
#include "database/gym_writer.h"
#include "database/tile_codec.h"
#include "inputs/input_limit_settings.h"
#include "inputs/text_lines.h"
#include "settings/setting_json.h"
#include "structure/read_structure.h"

namespace mmgym {
namespace {

using nlohmann::json;

/// Identifies a list among the parameters by its content.
std::string md5_of(const std::filesystem::path& path) {
  if (path.empty()) return {};
  Md5 sum;
  for_each_line(path, [&sum](std::string_view line) {
    sum.update(std::as_bytes(std::span(line)));
    sum.update(std::as_bytes(std::span("\n", 1)));
  });
  return sum.hex();
}

Metadata metadata_of(const BuildOptions& options, const CathDomains& cath) {
  json clusters = json::array();
  for (const auto& file : options.census.clusters) clusters.push_back(md5_of(file));
  json values = {{"keep_all", options.census.keep_all},
                 {"max_resolution_A", options.census.max_resolution_A},
                 {"clusters_md5", clusters},
                 {"blacklist_md5", md5_of(options.census.blacklist)},
                 {"cath_md5", cath.md5()},
                 {"cath_min_domains", options.cath_min_domains},
                 {"atom_tile_edge_A", kAtomTileEdge_A},
                 {"polymer_labels", kPolymerLabels},
                 {"cath_labels", cath.labels()},
                 {"schema_version", kSchemaVersion},
                 {"written_by",
                  {{"program", "mmgym"},
                   {"version", kVersion},
                   {"sqlite", sqlite_version()},
                   {"gemmi", gemmi_version()}}}};
  for (const ZoneSetting& setting : zone_settings())
    values[std::string(setting.key)] = json_of(setting, options.parameters);
  json& limits = values["input_limits"];
  for (const InputLimitSetting& setting : input_limit_settings())
    limits[std::string(setting.key)] = json_of(setting, options.census.limits);
  Metadata metadata;
  for (const auto& [key, value] : values.items())
    metadata[key] = value.dump(-1, ' ', false, json::error_handler_t::replace);
  return metadata;
}

std::vector<InputFile> input_files_of(const std::vector<PlannedInput>& planned) {
  std::vector<InputFile> inputs;
  for (const auto& input : planned)
    inputs.push_back(
        {input.source.file_name(), input.file_size, input.checksum, input.report_checksum});
  return inputs;
}

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
  const CensusPlan plan = plan_census(options.files, options.census, options.parameters,
                                      options.threads, options.on_facts_read);
  for (const auto& remark : plan.remarks) options.on_remark(remark);

  if (std::all_of(plan.inputs.begin(), plan.inputs.end(),
                  [](const auto& input) { return input.rank == 0; })) {
    for (const auto& input : plan.inputs) options.on_rejected(*input.rejected);
    throw InputError(fmt::format("{}: not written: none of the {} input files can be read",
                                 options.database.string(), plan.inputs.size()));
  }

  const auto inputs = input_files_of(plan.inputs);
  writer.begin(inputs, offsets_A);
  ZoneChooser chooser({options.parameters, offsets_A, std::move(cath), options.census.keep_all,
                       options.census.limits});
  const std::size_t first = writer.inputs_done();
  if (first > 0 && !options.census.keep_all)
    chooser.restore(plan.inputs, writer.written_subchains());
  std::vector<std::size_t> work_bytes;
  for (const auto& input : plan.inputs) work_bytes.push_back(expansion_bytes(input));
  OrderedWork<ZoneChooser::Expanded> work;
  work.count = inputs.size() - first;
  work.work = [&](std::uint64_t i) { return chooser.expand(plan.inputs[first + i]); };
  work.work_bytes = [&](std::uint64_t i) { return work_bytes[first + i]; };
  work.result_bytes = [](const ZoneChooser::Expanded& expanded) { return expanded.bytes(); };
  work.write = [&](std::uint64_t i, ZoneChooser::Expanded&& expanded) {
    const InputOutcome outcome =
        write_input(plan.inputs[first + i], std::move(expanded), chooser, writer);
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

  const BuildResult counts = {writer.counts(), chooser.needed(), chooser.not_needed()};
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
  GymWriter writer(options.database, metadata_of(options, cath));
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
