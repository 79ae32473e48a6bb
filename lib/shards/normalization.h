#pragma once

#include <filesystem>
#include <vector>

#include "sampling/sample_parameters.h"

namespace mmgym {

/// Sets channel_mean and channel_std from the index.json of a finished folder of shards. Throws
/// ShardError unless the folder is finished, is not normalized itself, and has the same channels,
/// drawn in the same way. A constant channel (an element that does not occur) is shifted but not
/// scaled.
void normalize_like(const std::filesystem::path& folder, SampleParameters& parameters);

/// Sets the normalization that a user asks for: like a folder (normalize_like), or with numbers for
/// each channel. Empty arguments were not given. Throws UsageError for arguments that exclude or
/// need each other.
void set_normalization(const std::filesystem::path& folder, const std::vector<float>& channel_mean,
                       const std::vector<float>& channel_std, SampleParameters& parameters);

}  // namespace mmgym
