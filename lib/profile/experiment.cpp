#include "profile/experiment.h"

#include <algorithm>

namespace mmgym {

double ExperimentResult::stage_s(Stage stage) const {
  return is_made_of_stages(stage) ? 0 : seconds(times[stage].without_inner);
}

double ExperimentResult::all_stages_s() const {
  double sum = 0;
  for (std::size_t i = 0; i < kStages; ++i) sum += stage_s(static_cast<Stage>(i));
  return sum;
}

double timer_cost_s() {
  constexpr int kRounds = 5;
  constexpr int kTimers = 20000;
  double least = 1;
  for (int round = 0; round < kRounds; ++round) {
    StageTimes times;
    const auto start = StageTimes::Clock::now();
    for (int i = 0; i < kTimers; ++i) const StageTimer timer(&times, Stage::frames);
    least = std::min(least, seconds(StageTimes::Clock::now() - start) / kTimers);
  }
  return least;
}

}  // namespace mmgym
