#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "database/gym_reader.h"

namespace mmgym {

/// Ids of the zones that samples are taken from, ascending: those of a split, or all if none is
/// named. Throws UsageError, naming the splits that there are, if there is none of this
/// name, and DatabaseError if there are no zones. With `max_difficulty`, only those whose mean
/// difficulty in the curriculum is below it.
std::vector<std::int64_t> choose_zones(GymReader& reader, const std::string& split,
                                       std::optional<double> max_difficulty = {});

}  // namespace mmgym
