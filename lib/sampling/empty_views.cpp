#include "sampling/empty_views.h"

#include <fmt/format.h>

#include <algorithm>

namespace mmgym {

EmptyViews count_empty_views(SampleSet& samples, std::uint64_t most) {
  EmptyViews views;
  const std::uint64_t count = std::min(samples.zones(), most);
  for (; views.tried < count; ++views.tried)
    if (samples.make(views.tried * samples.zones() / count)->atoms_drawn[1] == 0) ++views.empty;
  return views;
}

std::string empty_views_warning(SampleSet& samples) {
  if (samples.parameters().task != Task::neighbor) return "";
  if (GymReader(samples.database()).metadata("neighbor_count_threshold") != "0") return "";
  const EmptyViews views = count_empty_views(samples);
  if (views.empty == 0) return "";
  return fmt::format(
      "{}: zones were not required to have neighbors (neighbor_count_threshold 0): {} of {} "
      "samples tried have an empty second view; build the database with "
      "--neighbor-count-threshold 1, or use --task single",
      samples.database().string(), views.empty, views.tried);
}

}  // namespace mmgym
