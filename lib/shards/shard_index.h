#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "shards/shard_record.h"

namespace mmgym {

/// The content of index.json: what was planned and the shards that came of it, all of them and in
/// order. Throws std::invalid_argument if the plan's description holds a key of the index's own.
nlohmann::ordered_json make_index(const ShardPlan& plan, const std::vector<ShardRecord>& shards);

/// The part of index.json that is known before there are shards: what the plan says.
nlohmann::ordered_json describe(const ShardPlan& plan);

/// That part of an index.json that was read.
nlohmann::json description_in(const nlohmann::json& index);

/// The shards that an index.json lists; their channel sums are not in it. Throws ShardError where
/// the list is not as make_index writes it.
std::vector<ShardRecord> shards_in(const nlohmann::json& index);

/// The value as indented text, which is the same for equal values.
std::string to_text(const nlohmann::ordered_json& value);

/// The value as it is after being written and read again: JSON cannot hold all numbers and texts.
nlohmann::json as_read(const nlohmann::ordered_json& value);

/// Where the description of a plan, as it was read, differs from a plan in what the samples' bytes
/// depend on; see differences(). A folder may have another name, and be written by another version.
std::vector<std::string> differences_of_plans(const nlohmann::json& there, const ShardPlan& here);

/// Reads a JSON file; nothing if there is none. Throws ShardError if it cannot be read, is damaged,
/// or is no object.
std::optional<nlohmann::json> read_json(const std::filesystem::path& path);

/// Where two JSON values differ: "parameters.seed is 1 there, 2 here", one per entry.
std::vector<std::string> differences(const nlohmann::json& there, const nlohmann::json& here);

}  // namespace mmgym
