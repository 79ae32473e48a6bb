#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "database/gym_reader.h"

namespace mmgym {

/// Returns the name of the split that a user chose, or an empty text for every zone. kAllZones
/// chooses every zone, unless an older version of mmgym made a split of that name, which it then
/// chooses. An empty `split` chooses every zone of a database without splits. Throws UsageError,
/// which lists the choices, if the split is unknown, or if `split` is empty and there are splits.
std::string resolve_split(GymReader& reader, const std::string& split);

/// Returns the ids of the zones that `split` chooses (see resolve_split), ascending. With
/// `max_difficulty`, returns only zones whose mean difficulty in the curriculum is below it. Throws
/// what resolve_split throws, and DatabaseError if no zones are left.
std::vector<std::int64_t> choose_zones(GymReader& reader, const std::string& split,
                                       std::optional<double> max_difficulty = {});

}  // namespace mmgym
