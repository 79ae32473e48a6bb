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

/// Reads a folder's progress.jsonl; nothing if there is none. The shards end with the last that is
/// finished. Throws ShardError if the file is damaged; but what follows the last whole line is only
/// left out, because that is what a machine that stops leaves behind.
std::optional<ShardProgress> read_progress(const std::filesystem::path& folder);

/// A folder's progress.jsonl, open for shards to be added.
class ProgressFile {
 public:
  /// Writes the file, in place of any before. Throws WriteError.
  ProgressFile(const std::filesystem::path& folder, const ShardProgress& progress);
  ~ProgressFile();
  ProgressFile(const ProgressFile&) = delete;
  ProgressFile& operator=(const ProgressFile&) = delete;

  /// Adds a shard that is finished, and brings that to the disk. Throws WriteError, after which
  /// nothing can be added any more.
  void add(std::uint64_t shard, const ShardRecord& record);

 private:
  std::filesystem::path path_;
  int descriptor_;
};

}  // namespace mmgym
