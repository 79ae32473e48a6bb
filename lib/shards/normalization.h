#pragma once

#include <filesystem>

#include "sampling/sample_parameters.h"

namespace mmgym {

/// Takes channel_mean and channel_std of the parameters from the index.json of a finished folder of
/// shards, which must have the same channels, drawn in the same way, and not be normalized itself;
/// throws ShardError otherwise. A channel that was the same everywhere (an element that did not
/// occur) is only shifted.
void normalize_like(const std::filesystem::path& folder, SampleParameters& parameters);

}  // namespace mmgym
