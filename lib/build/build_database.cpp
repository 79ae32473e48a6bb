#include "build/build_database.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/in_order.h"
#include "base/md5.h"
#include "base/setting_json.h"
#include "base/version.h"
#include "build/gym_rows.h"
#include "build/zone_chooser.h"
#include "database/gym_writer.h"
#include "database/tile_codec.h"
#include "inputs/text_lines.h"
#include "structure/read_structure.h"

namespace mmgym {
namespace {

using nlohmann::json;

/// Lists that are part of the parameters are told by their content.
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
  Metadata metadata;
  for (const auto& [key, value] : values.items())
    metadata[key] = value.dump(-1, ' ', false, json::error_handler_t::replace);
  return metadata;
}

std::vector<InputFile> input_files_of(const std::vector<PlannedInput>& planned) {
  std::vector<InputFile> inputs;
  for (const auto& input : planned) inputs.push_back({input.path.string(), input.file_size});
  return inputs;
}

}  // namespace

BuildResult build_database(const BuildOptions& options) {
  check(options.parameters);
  CathDomains cath;
  if (!options.cath.empty()) cath = CathDomains(options.cath, options.cath_min_domains);
  const Metadata metadata = metadata_of(options, cath);
  const auto offsets_A = neighbor_offsets_A(options.parameters);
  const CensusPlan plan = plan_census(options.files, options.census, options.parameters,
                                      options.threads, options.on_facts_read);
  for (const auto& remark : plan.remarks) options.on_remark(remark);

  if (std::all_of(plan.inputs.begin(), plan.inputs.end(),
                  [](const auto& input) { return input.rank == 0; })) {
    for (const auto& input : plan.inputs) options.on_rejected(*input.rejected);
    throw InputError(fmt::format("{}: not made, for none of the {} input files can be read",
                                 options.database.string(), plan.inputs.size()));
  }

  const auto inputs = input_files_of(plan.inputs);
  GymWriter writer(options.database, metadata, inputs, offsets_A);
  ZoneChooser chooser({options.parameters, offsets_A, std::move(cath), options.census.keep_all});
  const std::size_t first = writer.inputs_done();
  if (first > 0 && !options.census.keep_all)
    chooser.restore(plan.inputs, writer.written_subchains());
  InOrderLimits limits;
  limits.threads = options.threads;
  // Wide enough to keep the other threads busy while one has a ribosome. But while choosing, what
  // is ahead of its turn may be in vain.
  const std::size_t items_per_thread = options.census.keep_all ? 64 : 8;
  limits.window = items_per_thread * static_cast<std::size_t>(options.threads);
  // A ribosome's share, more or less.
  constexpr std::size_t kWaitingBytes = std::size_t{32} << 20;
  limits.waiting_bytes = kWaitingBytes * static_cast<std::size_t>(options.threads);
  InOrder<ZoneChooser::Expanded> build(
      inputs.size() - first, limits, [&](std::size_t i) { return inputs[first + i].size; },
      [&](std::size_t i) { return chooser.expand(plan.inputs[first + i]); },
      [](const ZoneChooser::Expanded& expanded) { return expanded.bytes(); },
      [&](std::size_t i, ZoneChooser::Expanded&& expanded) {
        InputOutcome outcome = chooser.settle(plan.inputs[first + i], std::move(expanded));
        for (const auto& rejected : writer.write(std::move(outcome))) options.on_rejected(rejected);
        options.on_settled(first + i + 1);
      });
  build.run();

  const BuildResult counts = {writer.counts(), chooser.needed(), chooser.not_needed()};
  const auto refuse = [&](const std::string& why) {
    writer.discard();
    throw InputError(options.database.string() + ": not made, for " + why);
  };
  if (options.strict && counts.rejected > 0)
    refuse(fmt::format("{} inputs were rejected, and --strict allows none", counts.rejected));
  writer.finish();
  return counts;
}

}  // namespace mmgym
