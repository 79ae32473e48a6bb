#include "sampling/stage_timer.h"

#include <fmt/format.h>

#include <algorithm>

namespace mmgym {

const char* stage_name(Stage stage) {
  static constexpr std::array<const char*, kStages> kNames = {
      "batch",  "sample",     "snapshot", "look_up_zone", "zone_neighbors",
      "frames", "read_atoms", "channels", "draw_views",   "encode"};
  return kNames[static_cast<std::size_t>(stage)];
}

void StageTimes::add(const StageTimes& other) {
  for (std::size_t i = 0; i < kStages; ++i) {
    totals_[i].calls += other.totals_[i].calls;
    totals_[i].with_inner += other.totals_[i].with_inner;
    totals_[i].without_inner += other.totals_[i].without_inner;
  }
}

std::string stage_table(const StageTimes& times) {
  std::vector<Stage> stages;
  for (std::size_t i = 0; i < kStages; ++i)
    if (times[static_cast<Stage>(i)].calls > 0) stages.push_back(static_cast<Stage>(i));
  std::stable_sort(stages.begin(), stages.end(), [&times](Stage a, Stage b) {
    return times[a].with_inner > times[b].with_inner;
  });

  std::string table = fmt::format("{:>9} {:>10} {:>10} {:>10} {:>10}  {}\n", "ncalls", "tottime",
                                  "percall", "cumtime", "percall", "stage");
  for (const Stage stage : stages) {
    const auto& total = times[stage];
    const auto calls = static_cast<double>(total.calls);
    const double own = std::chrono::duration<double>(total.without_inner).count();
    const double all = std::chrono::duration<double>(total.with_inner).count();
    table += fmt::format("{:>9} {:>10.6f} {:>10.6f} {:>10.6f} {:>10.6f}  {}\n", total.calls, own,
                         own / calls, all, all / calls, stage_name(stage));
  }
  return table;
}

}  // namespace mmgym
