#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "info/gym_info.h"
#include "info/shard_info.h"

namespace mmgym {

/// Returns a text with histograms for people. Explains at most `most_entries` of the entries
/// without zones and counts the others.
std::string report(const GymInfo& info, std::size_t most_entries);
std::string report(const ShardInfo& info);

/// Returns everything, with all entries, for programs.
nlohmann::ordered_json to_json(const GymInfo& info);
nlohmann::ordered_json to_json(const ShardInfo& info);

}  // namespace mmgym
