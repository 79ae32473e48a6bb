#include "profile.h"

#include <fmt/format.h>

#include "base/durable_file.h"
#include "base/text.h"
#include "json_text.h"
#include "numbers.h"
#include "profile/chrome_trace.h"
#include "profile/profile_report.h"

namespace mmgym {

void ProfileCommand::setup(CLI::App& app) {
  app_ = &app;
  common.default_threads = 1;  // like the published profiles
  app.add_option("database", database_, "Database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  app.add_option("--split", options_.split, "Split to take zones from; all: every zone")
      ->capture_default_str()
      ->type_name("NAME");
  add_whole_number(app, "--batches", options_.batches, "Number of batches", 1)->type_name("N");
  add_whole_number(app, "--batch-size", options_.batch_size, "Number of samples per batch", 1)
      ->type_name("N");
  add_whole_number(app, "--warm-up", options_.warm_up,
                   "Number of batches per thread that are made first and not measured")
      ->type_name("N");
  app.add_option("--json", json_, "JSON file for all results")->type_name("FILE");
  app.add_option("--trace", trace_,
                 "JSON file for the start and end of each stage in each thread, for "
                 "https://ui.perfetto.dev")
      ->type_name("FILE");
  output_.setup(app);
  sample_.setup(app);
  app.get_option("--preset")
      ->description(app.get_option("--preset")->get_description() +
                    ". Without --preset, --grid and --resolution, profile measures 16A without the "
                    "index of zone neighbors, 16A with it, and 24A with it; otherwise it measures "
                    "the given size without and with it");
}

std::vector<Experiment> ProfileCommand::experiments() const {
  std::vector<Experiment> all;
  const auto add = [&](const SampleRequest& request, NeighborLookup lookup) {
    Experiment experiment{request.title(), request.parameters(options_.split), lookup};
    // A single view looks up no neighbors, so the index makes no difference.
    if (experiment.parameters.task == Task::neighbor)
      experiment.name += lookup == NeighborLookup::index ? " with index" : " without index";
    else if (lookup == NeighborLookup::scan)
      return;
    all.push_back(std::move(experiment));
  };
  SampleRequest request = sample_.request();
  // The reference's profiles differ only in the size of images.
  const bool one_size = app_->get_option("--preset")->count() > 0 || request.has("grid") ||
                        request.has("resolution_A");
  if (!one_size) request.preset = "16A";
  add(request, NeighborLookup::scan);
  add(request, NeighborLookup::index);
  if (one_size) return all;
  request.preset = "24A";
  add(request, NeighborLookup::index);
  return all;
}

void ProfileCommand::run() {
  for (const std::string* path : {&json_, &trace_})
    if (!path->empty()) output_.check(*path);
  options_.database = database_;
  options_.threads = common.threads;
  options_.record_events = !trace_.empty();
  std::vector<ExperimentResult> results;
  for (const Experiment& experiment : experiments()) {
    results.push_back(run_experiment(options_, experiment));
    fmt::print("{}\n", printable_lines(experiment_report(results.back())));
  }
  fmt::print("{}\n", printable_lines(summary(results)));
  fmt::print("{}", printable_lines(timer_report(results)));
  if (!json_.empty()) {
    nlohmann::ordered_json document = {{"database", database_}};
    document["experiments"] = nlohmann::ordered_json::array();
    for (const auto& result : results) document["experiments"].push_back(to_json(result));
    write_durably(json_, json_text(document));
  }
  if (!trace_.empty()) {
    std::vector<TracedRun> runs;
    for (auto& result : results) runs.push_back({result.name, std::move(result.events)});
    write_durably(trace_, chrome_trace(runs));
  }
}

}  // namespace mmgym
