#pragma once

#include <cstdint>

#include "sampling/sample_parameters.h"

namespace mmgym {

/// Returns the bytes of the images of one sample.
std::uint64_t image_bytes(const SampleParameters& parameters, int channels);

/// Throws UsageError if the images of this many samples take more than `available` bytes.
void check_image_memory(const SampleParameters& parameters, int channels, std::uint64_t samples,
                        std::uint64_t available);

}  // namespace mmgym
