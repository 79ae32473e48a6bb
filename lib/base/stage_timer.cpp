#include "base/stage_timer.h"

#include <fmt/format.h>

#include <algorithm>

namespace mmgym {

const char* stage_name(Stage stage) {
  static constexpr std::array<const char*, kStages> kNames = {
      "batch",          "sample",         "snapshot",    "look_up_zone",   "zone_neighbors",
      "frames",         "read_atoms",     "channels",    "draw_views",     "encode",
      "census",         "search",         "read_file",   "decompress",     "read_facts",
      "read_structure", "build_assembly", "densities",   "density_layers", "find_zones",
      "search_points",  "choose_zones",   "place_atoms", "encode_tiles",   "write"};
  return kNames[static_cast<std::size_t>(stage)];
}

void StageTimes::add(const StageTimes& other) {
  for (std::size_t i = 0; i < kStages; ++i) {
    totals_[i].calls += other.totals_[i].calls;
    totals_[i].with_inner += other.totals_[i].with_inner;
    totals_[i].without_inner += other.totals_[i].without_inner;
  }
}

StageTimes& ThreadTimes::of_this_thread() {
  const std::lock_guard guard(mutex_);
  const auto [found, is_new] = number_of_.try_emplace(std::this_thread::get_id(), threads_.size());
  if (is_new) {
    Thread& thread = threads_.emplace_back();
    if (records_events_) thread.times.record(&thread.events);
  }
  return threads_[found->second].times;
}

StageTimes ThreadTimes::total() const {
  StageTimes total;
  for (const auto& thread : threads_) total.add(thread.times);
  return total;
}

std::vector<ThreadEvents> ThreadTimes::take_events() {
  std::vector<ThreadEvents> all;
  for (auto& thread : threads_)
    all.push_back({fmt::format("thread {}", all.size() + 1), std::move(thread.events)});
  return all;
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
