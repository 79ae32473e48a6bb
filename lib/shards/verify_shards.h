#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "shards/shard_record.h"

namespace mmgym {

/// Reads all shards of a finished folder again and compares their sizes, MD5 sums and numbers of
/// samples with index.json. Returns the problems, one sentence each; none if all shards agree.
std::vector<std::string> verify_shards(const std::filesystem::path& folder);

/// Also checks that the folder was made by this plan.
std::vector<std::string> verify_shards(const std::filesystem::path& folder, const ShardPlan& plan);

}  // namespace mmgym
