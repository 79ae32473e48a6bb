#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "shards/json_field.h"
#include "shards/shard_record.h"

namespace mmgym {

/// The content of index.json, from the plan and all shards in order. Throws std::invalid_argument
/// if the plan's description contains a reserved key.
nlohmann::ordered_json make_index(const ShardPlan& plan, const std::vector<ShardRecord>& shards);

/// The plan's part of index.json, which is known before any shard is made.
nlohmann::ordered_json describe(const ShardPlan& plan);

/// The plan's part of an index.json that was read.
nlohmann::json description_in(const nlohmann::json& index);

/// The shards that an index.json lists, without channel sums. Throws ShardError, with the file and
/// the field, if the list is not as make_index writes it.
std::vector<ShardRecord> shards_in(const JsonField& index);

/// A record without channel sums, from the keys nsamples, filesize and md5sum. Throws ShardError.
ShardRecord record_in(const JsonField& entry);

/// The value as indented text. Equal values give equal text.
std::string to_text(const nlohmann::ordered_json& value);

/// The value after it was written and read again: JSON cannot represent all numbers and texts.
nlohmann::json as_read(const nlohmann::ordered_json& value);

/// Lists how the description of a plan, as it was read, differs from a plan; see differences().
/// Ignores `name` and `written_by`, on which no sample depends.
std::vector<std::string> differences_of_plans(const nlohmann::json& there, const ShardPlan& here);

/// Throws ShardError, which lists the differences, unless the description is of this plan.
void require_same_plan(const std::filesystem::path& folder, const nlohmann::json& description,
                       const ShardPlan& plan);

/// Reads a JSON file; nothing if it is missing. Throws ShardError, with the file, if it cannot be
/// read, has more than 64 MiB (an index of 400,000 shards), is damaged, or is not an object.
std::optional<nlohmann::json> read_json(const std::filesystem::path& path);

/// Lists the differences of two JSON values, the first 20: "parameters.seed is 1 there, 2 here".
std::vector<std::string> differences(const nlohmann::json& there, const nlohmann::json& here);

}  // namespace mmgym
