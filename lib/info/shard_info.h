#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mmgym {

/// What `info` reports about a folder of shards.
struct ShardInfo {
  std::string path;
  nlohmann::json index;  // index.json
  std::uint64_t samples = 0;
  std::uint64_t shards = 0;
  std::uint64_t bytes = 0;                      // of all shards
  std::map<std::int64_t, std::int64_t> labels;  // samples by label; empty if they have none
  /// Whether all shards were read and compared with the index, and what was wrong.
  bool checked = false;
  std::vector<std::string> problems;
};

/// `quick` leaves out reading all shards again. Throws ShardError if they cannot be read at all.
ShardInfo shard_info(const std::string& path, bool quick);

}  // namespace mmgym
