#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "info/gym_info.h"
#include "info/shard_info.h"

namespace mmgym {

/// For people: a text of several paragraphs, with histograms. Of the entries without zones, no more
/// than `most_entries` are explained one by one, and the others only counted.
std::string report(const GymInfo& info, std::size_t most_entries);
std::string report(const ShardInfo& info);

/// For machines: everything, entries included.
nlohmann::ordered_json to_json(const GymInfo& info);
nlohmann::ordered_json to_json(const ShardInfo& info);

/// "41.3 MB".
std::string bytes_text(std::int64_t bytes);

}  // namespace mmgym
