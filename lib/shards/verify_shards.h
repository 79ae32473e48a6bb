#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "shards/shard_record.h"

namespace mmgym {

/// Reads all shards of a finished folder again and compares their sizes, MD5 sums and numbers of
/// samples with index.json. Returns what is wrong, a sentence each; nothing if all is well.
std::vector<std::string> verify_shards(const std::filesystem::path& folder);

/// The same, and whether the folder was made by this plan.
std::vector<std::string> verify_shards(const std::filesystem::path& folder, const ShardPlan& plan);

}  // namespace mmgym
