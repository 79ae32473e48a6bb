#pragma once

#include <span>

namespace mmgym {

/// Copies voxels to memory that will not be read soon: past the caches, which takes half the time
/// because the processor does not read the old content first. Throws std::invalid_argument if the
/// spans differ in length.
void copy_past_caches(std::span<const float> from, std::span<float> to);

}  // namespace mmgym
