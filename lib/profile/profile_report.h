#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "profile/experiment.h"

namespace mmgym {

/// What was done in an experiment, and where its time went: stage_table, and below it the time that
/// no stage accounts for.
std::string experiment_report(const ExperimentResult& result);

/// Experiments side by side: the time of each stage per call, image or sample, and the ratio of
/// each experiment to the one on its left.
std::string summary(const std::vector<ExperimentResult>& results);

/// The cost of the timers, from their number and a measurement of one timer.
std::string timer_report(const std::vector<ExperimentResult>& results);

/// Everything, for programs. Times are in seconds.
nlohmann::ordered_json to_json(const ExperimentResult& result);

}  // namespace mmgym
