#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "info/gym_info.h"
#include "info/shard_info.h"

namespace mmgym {

/// A text for people: several paragraphs, with histograms. At most `most_entries` of the entries
/// without zones are explained one by one; the others are counted.
std::string report(const GymInfo& info, std::size_t most_entries);
std::string report(const ShardInfo& info);

/// For programs: everything, with all entries.
nlohmann::ordered_json to_json(const GymInfo& info);
nlohmann::ordered_json to_json(const ShardInfo& info);

/// "41.3 MB".
std::string bytes_text(std::int64_t bytes);

}  // namespace mmgym
