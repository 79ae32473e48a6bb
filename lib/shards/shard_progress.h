#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "shards/shard_record.h"

namespace mmgym {

/// How far a folder of shards has come.
struct ShardProgress {
  nlohmann::json description;                      // of the plan; see describe()
  std::vector<std::optional<ShardRecord>> shards;  // nothing for those not finished
};

/// Puts progress.json into a folder, in place of any before. Throws WriteError.
void write_progress(const std::filesystem::path& folder, const ShardProgress& progress);

/// Reads it; nothing if there is none. Throws ShardError if it is damaged.
std::optional<ShardProgress> read_progress(const std::filesystem::path& folder);

}  // namespace mmgym
