#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

#include "shards/shard_progress.h"
#include "shards/shard_record.h"
#include "shards/shard_writer.h"

namespace mmgym {

/// A folder of shards in the making, which can be interrupted at any moment: the same command, run
/// again, makes what is missing, and the folder comes out the same to the byte.
///
/// Samples have positions 0, 1, … in the order in which they are written; which index the sample at
/// a position has is the caller's business.
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
/// Shards can be written at the same time by several threads.
class ShardFolder {
 public:
  /// Opens the folder, which is made if it is not there, and finds out which shards are whole;
  /// removes what an interrupted run has left half done. Throws ShardError if the folder was
  /// written with another plan (naming what differs), if it holds shards of unknown origin, or
  /// while another process writes to it; WriteError.
  ShardFolder(const std::filesystem::path& folder, ShardPlan plan);

  ShardFolder(const ShardFolder&) = delete;
  ShardFolder& operator=(const ShardFolder&) = delete;

  /// Whether everything is there: all shards and the index.
  bool complete() const { return indexed_ && missing_shards().empty(); }

  /// The shards that are to be made, in order.
  std::vector<std::uint64_t> missing_shards() const;

  struct Range {
    std::uint64_t first;
    std::uint64_t last;  // excluded
  };

  /// The positions of the samples that go into a shard.
  Range positions(std::uint64_t shard) const;

  /// Starts a missing shard, to be filled with all samples of its positions, in order.
  ShardWriter start_shard(std::uint64_t shard) const;

  /// Ends a shard and records it. Throws WriteError; ShardError if the index had listed this shard
  /// before and its bytes are not the same again.
  void finish_shard(ShardWriter writer);

  /// Writes index.json, when all shards are there. Throws WriteError; std::logic_error if some are
  /// not.
  void finish();

 private:
  void load();
  void load_index(const nlohmann::json& index);
  void require_same_plan(const nlohmann::json& description) const;
  void forget_damaged_shards();
  void remove_leftovers() const;

  /// Keeps other processes out of the folder.
  class Lock {
   public:
    explicit Lock(const std::filesystem::path& folder);
    ~Lock();
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

   private:
    int descriptor_;
  };

  std::filesystem::path folder_;
  ShardPlan plan_;
  Lock lock_;
  std::vector<ShardRecord> listed_;  // by the index that was found, if any
  bool indexed_ = false;             // index.json is in place
  mutable std::mutex mutex_;         // guards what follows
  ShardProgress progress_;
  std::optional<ProgressFile> progress_file_;  // until index.json is in place
};

}  // namespace mmgym
