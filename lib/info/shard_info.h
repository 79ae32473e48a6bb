#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "shards/stored_kind.h"

namespace mmgym {

/// What `info` reports about a folder of shards.
struct ShardInfo {
  std::string path;
  nlohmann::json index;  // index.json
  std::vector<std::string> channel_names;
  std::optional<ChannelStatistics> statistics;  // nothing without samples
  std::uint64_t samples = 0;
  std::uint64_t shards = 0;
  std::uint64_t bytes = 0;                      // total size of shards
  std::map<std::int64_t, std::int64_t> labels;  // samples by label; empty without labels
  /// Whether all shards were read and compared with the index, and the problems found.
  bool checked = false;
  std::vector<std::string> problems;
};

/// Reads a folder of shards. `quick` skips the checksums of shards. Throws ShardError if the folder
/// cannot be read.
ShardInfo shard_info(const std::string& path, bool quick);

}  // namespace mmgym
