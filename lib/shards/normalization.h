#pragma once

#include <filesystem>

#include "sampling/sample_parameters.h"

namespace mmgym {

/// Sets channel_mean and channel_std from the index.json of a finished folder of shards. Throws
/// ShardError unless the folder is finished, is not normalized itself, and has the same channels,
/// drawn in the same way. A constant channel (an element that does not occur) is shifted but not
/// scaled.
void normalize_like(const std::filesystem::path& folder, SampleParameters& parameters);

}  // namespace mmgym
