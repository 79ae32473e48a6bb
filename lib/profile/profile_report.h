#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "profile/experiment.h"

namespace mmgym {

/// What was done in an experiment, and where its time went: stage_table, and below it what no stage
/// accounts for.
std::string experiment_report(const ExperimentResult& result);

/// Experiments side by side, what each stage takes per call, image or sample, and the ratio of each
/// experiment to the one before.
std::string summary(const std::vector<ExperimentResult>& results);

/// What the timers themselves cost, from their number and a measurement of one.
std::string timer_report(const std::vector<ExperimentResult>& results);

/// Everything, for machines; times in seconds.
nlohmann::ordered_json to_json(const ExperimentResult& result);

}  // namespace mmgym
