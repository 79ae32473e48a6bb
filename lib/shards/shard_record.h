#pragma once

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/share.h"
#include "encoding/sample_record.h"
#include "encoding/shard_error.h"

namespace mmgym {

/// Facts about a finished shard.
struct ShardRecord {
  std::uint64_t sample_count = 0;
  std::uint64_t file_size = 0;  // in bytes
  std::string md5;
  std::vector<ChannelSum> channel_sums;  // over all samples of the shard
};

/// The planned content of a folder of shards.
struct ShardPlan {
  std::string name;  // of the data set; for information
  std::uint64_t sample_count = 0;
  std::uint64_t samples_per_shard = 1;  // the last shard may have fewer

  /// An object whose keys are copied to index.json: everything that the samples' bytes depend on
  /// (parameters, database), and facts for readers (shape, dtype, written_by). Two runs make the
  /// same samples if all keys but written_by are equal. `shape` ends with the number of channels
  /// and three lengths. It must not contain the reserved keys of
  /// index.json (see shard_index.cpp).
  nlohmann::ordered_json description = nlohmann::ordered_json::object();

  std::uint64_t samples_in(std::uint64_t shard) const {
    return std::min(samples_per_shard, sample_count - shard * samples_per_shard);
  }

  std::uint64_t shard_count() const {
    return sample_count / samples_per_shard + (sample_count % samples_per_shard != 0 ? 1 : 0);
  }
};

/// More shards would make index.json larger than the 64 MiB that are read of it.
inline constexpr std::uint64_t kMostShards = 300'000;

constexpr const char* index_name = "index.json";
constexpr const char* progress_name = "progress.jsonl";

/// The name of a worker's progress file: progress.jsonl, or progress-1-4.jsonl of worker 1 of 4.
std::string progress_name_of(const Share& share);
/// Whether this is the name of a progress file.
bool is_progress_name(std::string_view file_name);

/// shard-000000.tar and so on.
std::string shard_name(std::uint64_t shard);

/// Whether this is the name of a shard.
bool is_shard_name(std::string_view file_name);
/// The number in the name of a shard.
std::uint64_t shard_number(std::string_view file_name);

}  // namespace mmgym
