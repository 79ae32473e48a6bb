#include "profile/profile_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

namespace mmgym {
namespace {

using nlohmann::ordered_json;

double per(double total, std::uint64_t count) {
  return count == 0 ? 0 : total / static_cast<double>(count);
}

/// A line of the summary, with a number or nothing for each experiment.
struct Line {
  const char* name;
  const char* unit;
  int digits;
  std::function<std::optional<double>(const ExperimentResult&)> value;
};

/// Returns the milliseconds of some stages per image or sample; nothing if the stages did not run.
std::optional<double> ms(const ExperimentResult& result, std::initializer_list<Stage> stages,
                         std::uint64_t count) {
  double total_s = 0;
  bool any = false;
  for (const Stage stage : stages) {
    total_s += result.stage_s(stage);
    any = any || result.times[stage].calls > 0;
  }
  if (!any) return std::nullopt;
  return per(1e3 * total_s, count);
}

const std::vector<Line>& lines() {
  using Result = const ExperimentResult&;
  static const std::vector<Line> kLines = {
      {"zone-neighbor look-up", "ms each", 4,
       [](Result r) {
         return ms(r, {Stage::zone_neighbors}, r.times[Stage::zone_neighbors].calls);
       }},
      {"frames with neighbor look-up", "ms/sample", 4,
       [](Result r) {
         return ms(r, {Stage::zone_neighbors, Stage::frames}, r.samples);
       }},
      {"atoms from the database", "ms/image", 4,
       [](Result r) { return ms(r, {Stage::read_atoms}, r.images); }},
      {"channels", "ms/image", 4, [](Result r) { return ms(r, {Stage::channels}, r.images); }},
      {"overlaps with clearing", "ms/image", 4,
       [](Result r) { return ms(r, {Stage::draw_views}, r.images); }},
      {"image: sum of these three", "ms/image", 4,
       [](Result r) {
         return ms(r, {Stage::read_atoms, Stage::channels, Stage::draw_views}, r.images);
       }},
      {"encoding", "ms/sample", 4, [](Result r) { return ms(r, {Stage::encode}, r.samples); }},
      {"outside of stages", "ms/sample", 4,
       [](Result r) { return std::optional(per(1e3 * r.not_covered_s(), r.samples)); }},
      {"time per sample", "ms", 4,
       [](Result r) { return std::optional(per(1e3 * r.busy_s, r.samples)); }},
      {"total", "ms", 1, [](Result r) { return std::optional(1e3 * r.busy_s); }},
      {"overlaps per atom", "ns", 1,
       [](Result r) { return std::optional(per(1e9 * r.stage_s(Stage::draw_views), r.atoms)); }},
      {"atoms per image", "", 1,
       [](Result r) { return std::optional(per(static_cast<double>(r.atoms), r.images)); }},
      {"voxels per image", "", 0,
       [](Result r) { return std::optional(static_cast<double>(r.voxels_per_image)); }},
  };
  return kLines;
}

std::string ratio(const std::optional<double>& now, const std::optional<double>& before) {
  if (!now || !before || *now <= 0 || *before <= 0) return "";
  const double value = *now / *before;
  if (value < 0.1) return fmt::format("1/{:.0f}", 1 / value);
  return fmt::format("{:.2f}", value);
}

}  // namespace

std::string experiment_report(const ExperimentResult& result) {
  std::string text = fmt::format(
      "{}: {} batches, {} samples, {} images of {} voxels x {} channels, {:.0f} atoms each, {} "
      "thread{}\n",
      result.name, result.batches, result.samples, result.images, result.voxels_per_image,
      result.channels, per(static_cast<double>(result.atoms), result.images), result.threads,
      result.threads == 1 ? "" : "s");
  if (!result.neighbor_lookup.empty())
    text += fmt::format("SQLite's plan of the neighbor look-up: {}\n", result.neighbor_lookup);
  text += "\n" + stage_table(result.times);
  text += fmt::format(
      "\n{:.6f} s in stages + {:.6f} s outside of stages ({:.1f} %) = {:.6f} s{}\n",
      result.all_stages_s(), result.not_covered_s(),
      result.busy_s > 0 ? 100 * result.not_covered_s() / result.busy_s : 0, result.busy_s,
      result.threads == 1
          ? ""
          : fmt::format(" of {} threads, in {:.6f} s", result.threads, result.wall_s));
  return text;
}

std::string summary(const std::vector<ExperimentResult>& results) {
  constexpr std::size_t kName = 38;
  constexpr std::size_t kUnit = 10;
  std::vector<std::size_t> widths;
  std::string text = fmt::format("{:<{}}{:<{}}", "", kName, "", kUnit);
  for (std::size_t i = 0; i < results.size(); ++i) {
    widths.push_back(std::max<std::size_t>(results[i].name.size(), 10));
    text += fmt::format("  {:>{}}", results[i].name, widths[i]);
    if (i > 0) text += fmt::format("  {:>7}", "ratio");
  }
  text += "\n";
  for (const Line& line : lines()) {
    text += fmt::format("{:<{}}{:<{}}", line.name, kName, line.unit, kUnit);
    std::optional<double> before;
    for (std::size_t i = 0; i < results.size(); ++i) {
      const auto value = line.value(results[i]);
      text += fmt::format("  {:>{}}", value ? fmt::format("{:.{}f}", *value, line.digits) : "-",
                          widths[i]);
      if (i > 0) text += fmt::format("  {:>7}", ratio(value, before));
      before = value;
    }
    text += "\n";
  }
  return text;
}

std::string timer_report(const std::vector<ExperimentResult>& results) {
  const double cost_s = timer_cost_s();
  double greatest_share = 0;
  for (const auto& result : results) {
    std::uint64_t timers = 0;
    for (std::size_t i = 0; i < kStages; ++i) timers += result.times[static_cast<Stage>(i)].calls;
    if (result.busy_s > 0)
      greatest_share =
          std::max(greatest_share, cost_s * static_cast<double>(timers) / result.busy_s);
  }
  return fmt::format(
      "A timer costs {:.0f} ns. All timers together cost at most {:.2f} % of the time.\n",
      1e9 * cost_s, 100 * greatest_share);
}

ordered_json to_json(const ExperimentResult& result) {
  ordered_json value = {{"name", result.name},
                        {"neighbor_lookup", result.neighbor_lookup},
                        {"batches", result.batches},
                        {"samples", result.samples},
                        {"images", result.images},
                        {"atoms", result.atoms},
                        {"voxels_per_image", result.voxels_per_image},
                        {"channels", result.channels},
                        {"threads", result.threads},
                        {"wall_s", result.wall_s},
                        {"busy_s", result.busy_s},
                        {"in_stages_s", result.all_stages_s()},
                        {"not_covered_s", result.not_covered_s()}};
  value["stages"] = ordered_json::array();
  for (std::size_t i = 0; i < kStages; ++i) {
    const auto stage = static_cast<Stage>(i);
    const auto& total = result.times[stage];
    if (total.calls == 0) continue;
    value["stages"].push_back(
        {{"name", stage_name(stage)},
         {"calls", total.calls},
         {"own_s", std::chrono::duration<double>(total.without_inner).count()},
         {"cumulative_s", std::chrono::duration<double>(total.with_inner).count()}});
  }
  return value;
}

}  // namespace mmgym
