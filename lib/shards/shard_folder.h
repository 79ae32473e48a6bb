#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

#include "shards/folder_lock.h"
#include "shards/new_folder.h"
#include "shards/shard_progress.h"
#include "shards/shard_record.h"
#include "shards/shard_writer.h"

namespace mmgym {

/// A folder of shards that is being written. It can be interrupted at any moment. The same command,
/// run again, makes the missing shards, and the finished folder has the same bytes.
///
/// Samples have positions 0, 1, … in the order in which they are written. The caller decides which
/// sample is at a position.
///
///     ShardFolder folder(path, plan);
///     for (const std::uint64_t shard : folder.missing_shards()) {
///       ShardWriter writer = folder.start_shard(shard);
///       const auto [first, last] = folder.positions(shard);
///       for (std::uint64_t i = first; i < last; ++i) writer.write(make_sample(i));
///       folder.finish_shard(std::move(writer));
///     }
///     folder.finish();
///
/// Several threads can write shards at the same time, and so can the processes of several workers,
/// each of which makes the shards of its share. The shards do not depend on their number.
class ShardFolder {
 public:
  /// Opens or creates the folder, finds its complete shards, and removes unfinished files. Throws
  /// ShardError if the folder was written with another plan (the message lists the differences),
  /// contains shards of unknown origin, or is in use by another process. Throws WriteError.
  ShardFolder(const std::filesystem::path& folder, ShardPlan plan, const Share& share = {});

  /// Without a shard there is nothing to continue: removes the progress file, and the folder if the
  /// constructor made it.
  ~ShardFolder();
  ShardFolder(const ShardFolder&) = delete;
  ShardFolder& operator=(const ShardFolder&) = delete;

  const ShardPlan& plan() const { return plan_; }

  /// Whether the folder has all shards and the index.
  bool complete() const { return indexed_ && missing_shards().empty(); }

  /// The numbers of the missing shards of this share, ascending.
  std::vector<std::uint64_t> missing_shards() const;

  struct Range {
    std::uint64_t first;
    std::uint64_t last;  // excluded
  };

  /// The positions of the samples that go into a shard.
  Range positions(std::uint64_t shard) const;

  /// Starts a missing shard. The caller writes all samples of its positions to it, in order.
  ShardWriter start_shard(std::uint64_t shard) const;

  /// Finishes a shard and records it. Throws WriteError. Throws ShardError and removes the shard if
  /// index.json lists it with another MD5 sum.
  void finish_shard(ShardWriter writer);

  /// Writes index.json, and returns true, if all shards are there. Does nothing, and returns false,
  /// if other workers have not finished; the last of them will succeed. Call it last. Throws
  /// WriteError. Throws std::logic_error if shards of this share are missing.
  bool finish();

  /// How many shards of all workers are missing, as far as is known when the folder was opened, or
  /// when finish() was called.
  std::uint64_t missing_of_all() const;

 private:
  void load();
  void load_index(const nlohmann::json& index);
  void remove_progress() const;
  void forget_damaged_shards();
  void remove_leftovers() const;

  std::filesystem::path folder_;
  ShardPlan plan_;
  Share share_;
  NewFolder new_folder_;
  FolderLock lock_;
  std::vector<ShardRecord> listed_;  // by the index found, if any
  bool indexed_ = false;             // index.json is in place
  mutable std::mutex mutex_;         // guards the members below
  ShardProgress progress_;
  std::optional<ProgressFile> progress_file_;  // until index.json is in place
};

}  // namespace mmgym
