#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "shards/sample_run.h"
#include "shards/size_estimate.h"

namespace mmgym {

struct ShardOptions {
  RunOptions run;
  std::filesystem::path folder;
  std::uint64_t samples_per_shard = 256;
  /// Which shards this process makes. Other workers make the others, in the same folder.
  Share share;
  /// Whether a run that needs more than the free space is refused.
  bool check_space = true;
  /// Called before the first shard is written with what is missing and the free space, if known.
  /// Not called if no shard is missing.
  std::function<void(const SizeEstimate&, std::optional<std::uint64_t>)> on_estimate =
      [](const auto&, auto) {};
};

struct ShardSummary {
  std::uint64_t samples = 0;
  std::uint64_t shards = 0;
  std::uint64_t samples_made = 0;    // the others existed already, or other workers make them
  std::uint64_t shards_missing = 0;  // that other workers have not finished
};

/// Writes the samples of a run to shards in a folder, several shards at a time. After an
/// interruption, the same call continues. Of several workers, the last one to finish completes the
/// folder. Throws std::invalid_argument if the run has a share of its own. Throws what SampleRun,
/// ShardFolder and require_free_space throw, and Stopped after a signal.
ShardSummary write_shards(const ShardOptions& options);

/// Completes a folder of which workers have finished all shards, but none of them the folder: the
/// last one was killed. Throws ShardError if shards are missing, and what write_shards() throws.
ShardSummary finish_shards(const ShardOptions& options);

/// Reads a finished folder again and compares it with its index, and the index with what the same
/// options would write. Returns the problems, one sentence each; none if all shards agree.
std::vector<std::string> verify_folder(const ShardOptions& options);

}  // namespace mmgym
