#pragma once

#include <cstdint>
#include <string>

#include "sampling/sample_set.h"

namespace mmgym {

struct EmptyViews {
  std::uint64_t tried = 0;
  std::uint64_t empty = 0;
};

/// Makes a sample of each zone, or of `most` zones spread evenly, and counts those whose second
/// view has no atom. Throws like SampleSet::make.
EmptyViews count_empty_views(SampleSet& samples, std::uint64_t most = 1000);

/// Returns a warning if samples have empty second views because build-db did not require zones to
/// have neighbors: the second view may then be anywhere. Otherwise returns an empty text.
std::string empty_views_warning(SampleSet& samples);

}  // namespace mmgym
