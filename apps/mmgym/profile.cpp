#include "profile.h"

#include <fmt/format.h>

#include "base/durable_file.h"
#include "base/errors.h"
#include "checks.h"
#include "profile/chrome_trace.h"
#include "profile/profile_report.h"

namespace mmgym {

void ProfileCommand::setup(CLI::App& app) {
  app_ = &app;
  common.default_threads = 1;  // as the published profiles
  app.add_option("database", database_, "A database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  app.add_option("--split", options_.split, "Take zones of this split (default: all zones)")
      ->type_name("NAME");
  const auto number = [&app](const char* flag, std::uint64_t& value, const char* help) {
    return app.add_option(flag, value, help)->capture_default_str()->type_name("N");
  };
  number("--batches", options_.batches, "Number of batches")->check(whole_number_from(1));
  number("--batch-size", options_.batch_size, "Samples in a batch")->check(whole_number_from(1));
  number("--warm-up", options_.warm_up, "Batches that each thread makes before, uncounted")
      ->check(whole_number_from(0));
  app.add_option("--json", json_, "Write all numbers to this file")->type_name("FILE");
  app.add_option(
         "--trace", trace_,
         "Write when each stage of each thread began and ended, for https://ui.perfetto.dev")
      ->type_name("FILE");
  sample_.setup(app);
  app.get_option("--preset")
      ->description(app.get_option("--preset")->get_description() +
                    ". Not given: 16A without the index of zone neighbors, 16A with it, 24A with "
                    "it; given: this one without and with it");
}

std::vector<Experiment> ProfileCommand::experiments() const {
  const auto given = [this](const char* flag) { return app_->get_option(flag)->count() > 0; };
  if (!given("--preset") && (given("--grid") || given("--resolution")))
    throw UsageError(
        "--grid and --resolution would make 16A and 24A the same; give a --preset as well");
  const auto experiment = [this](const std::string& preset, NeighborLookup lookup) {
    Experiment result{preset, sample_.parameters(options_.split, preset), lookup};
    if (result.parameters.task == Task::neighbor)
      result.name += lookup == NeighborLookup::index ? " with index" : " without index";
    return result;
  };
  const std::string preset =
      given("--preset") ? app_->get_option("--preset")->as<std::string>() : "";
  const bool has_neighbors = sample_.parameters(options_.split).task == Task::neighbor;
  std::vector<Experiment> all;
  // A single view needs no neighbors, and so no index of them.
  for (const auto lookup : {NeighborLookup::scan, NeighborLookup::index})
    if (lookup == NeighborLookup::index || has_neighbors)
      all.push_back(experiment(preset.empty() ? "16A" : preset, lookup));
  if (preset.empty()) all.push_back(experiment("24A", NeighborLookup::index));
  return all;
}

void ProfileCommand::run() {
  for (const std::string* path : {&json_, &trace_})
    if (!path->empty()) check_has_folder(*path);
  options_.database = database_;
  options_.threads = common.threads;
  options_.record_events = !trace_.empty();
  std::vector<ExperimentResult> results;
  for (const Experiment& experiment : experiments()) {
    results.push_back(run_experiment(options_, experiment));
    fmt::print("{}\n", experiment_report(results.back()));
  }
  fmt::print("{}\n", summary(results));
  fmt::print("{}", timer_report(results));
  if (!json_.empty()) {
    nlohmann::ordered_json document = {{"database", database_}};
    document["experiments"] = nlohmann::ordered_json::array();
    for (const auto& result : results) document["experiments"].push_back(to_json(result));
    write_durably(json_, document.dump(2) + "\n");
  }
  if (!trace_.empty()) write_durably(trace_, chrome_trace(results));
}

}  // namespace mmgym
