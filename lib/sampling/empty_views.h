#pragma once

#include <cstdint>

#include "sampling/sample_maker.h"

namespace mmgym {

/// Whether build-db kept only zones with neighbors. Otherwise the database has no neighbors, and
/// the second view of a sample may be anywhere.
bool zones_have_neighbors(GymReader& reader);

struct EmptyViews {
  std::uint64_t tried = 0;
  std::uint64_t empty = 0;
};

/// Makes a sample of each zone, or of `most` zones spread evenly, and counts those whose second
/// view has no atom. Throws like SampleMaker.
EmptyViews count_empty_views(SampleMaker& maker, std::uint64_t most = 1000);

}  // namespace mmgym
