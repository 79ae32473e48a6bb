#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "database/gym_reader.h"

namespace mmgym {

/// Returns the ids of the zones of a split, or of all zones if `split` is empty, ascending. With
/// `max_difficulty`, returns only zones whose mean difficulty in the curriculum is below it. Throws
/// UsageError, which lists the splits, if the split is unknown, and DatabaseError if no zones are
/// left.
std::vector<std::int64_t> choose_zones(GymReader& reader, const std::string& split,
                                       std::optional<double> max_difficulty = {});

}  // namespace mmgym
