#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "encoding/sample_record.h"
#include "shards/shard_folder.h"

namespace mmgym {

/// What is still to be written to a folder of shards.
struct SizeEstimate {
  std::uint64_t bytes = 0;
  std::uint64_t shards = 0;
};

/// Estimates the size of the missing shards from a few of their samples, which are spread evenly
/// and made with make(position): up to 16, but no more than a sixteenth of the samples (at least
/// one). Dense images without compression all take the same space, so their estimate is almost
/// exact.
SizeEstimate estimate_size(const ShardFolder& folder,
                           const std::function<SampleRecord(std::uint64_t)>& make);

/// The bytes that a user may still write to the file system of a folder; nothing if it does not
/// tell.
std::optional<std::uint64_t> free_space(const std::filesystem::path& folder);

/// Throws ShardError if the estimate is larger than the free space.
void require_free_space(const std::filesystem::path& folder, const SizeEstimate& estimate,
                        std::optional<std::uint64_t> free_bytes);

}  // namespace mmgym
