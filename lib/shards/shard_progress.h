#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "shards/shard_record.h"

namespace mmgym {

/// The finished shards of a folder.
struct ShardProgress {
  nlohmann::json description;                      // of the plan; see describe()
  std::vector<std::optional<ShardRecord>> shards;  // of the plan; nothing: not finished
};

/// The progress files of a folder: that of a run, and those of workers.
std::vector<std::filesystem::path> progress_files(const std::filesystem::path& folder);

/// Reads the progress files of a folder; nothing if there are none. Ignores an incomplete last line
/// of a file, which a crash may leave. Throws ShardError if a file was written for another plan,
/// or, with the file and the line, if it is damaged.
std::optional<ShardProgress> read_progress(const std::filesystem::path& folder,
                                           const ShardPlan& plan);

/// The progress file of a run or of a worker, open for shards to be added.
class ProgressFile {
 public:
  /// Writes or replaces the file, with the shards of the share. Throws WriteError.
  ProgressFile(const std::filesystem::path& folder, const ShardProgress& progress,
               const Share& share);
  ~ProgressFile();
  ProgressFile(const ProgressFile&) = delete;
  ProgressFile& operator=(const ProgressFile&) = delete;

  /// Appends a finished shard and syncs the file. Throws WriteError. After an error, all further
  /// calls fail.
  void add(std::uint64_t shard, const ShardRecord& record);

 private:
  std::filesystem::path path_;
  int descriptor_;
};

}  // namespace mmgym
