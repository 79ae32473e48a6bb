#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "profile/experiment.h"

namespace mmgym {

/// Returns the counts of an experiment, its stage_table, and the time outside of stages.
std::string experiment_report(const ExperimentResult& result);

/// Returns a table of experiments side by side: the time of each stage per call, image or sample,
/// and the ratio of each experiment to the one on its left.
std::string summary(const std::vector<ExperimentResult>& results);

/// Returns the cost of all timers, computed from their number and the measured cost of one timer.
std::string timer_report(const std::vector<ExperimentResult>& results);

/// Returns everything, for programs. Times are in seconds.
nlohmann::ordered_json to_json(const ExperimentResult& result);

}  // namespace mmgym
