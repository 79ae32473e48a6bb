#include "sampling/empty_views.h"

#include <algorithm>

namespace mmgym {

bool zones_have_neighbors(GymReader& reader) {
  return reader.metadata("neighbor_count_threshold") != "0";
}

EmptyViews count_empty_views(SampleMaker& maker, std::uint64_t most) {
  const std::uint64_t zones = maker.zones();
  EmptyViews views;
  Sample sample;
  for (; views.tried < std::min(zones, most); ++views.tried) {
    maker.make(views.tried * zones / std::min(zones, most), sample);
    if (sample.atoms_drawn[1] == 0) ++views.empty;
  }
  return views;
}

}  // namespace mmgym
