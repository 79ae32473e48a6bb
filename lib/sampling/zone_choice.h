#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "database/gym_reader.h"

namespace mmgym {

/// Ids of the zones that samples are taken from, ascending: those of a split, or all if none is
/// named. Throws std::invalid_argument, naming the splits that there are, if there is none of this
/// name, and DatabaseError if there are no zones.
std::vector<std::int64_t> choose_zones(GymReader& reader, const std::string& split);

}  // namespace mmgym
