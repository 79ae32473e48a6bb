#pragma once

#include <cstdint>

#include "sampling/sample_parameters.h"

namespace mmgym {

/// Returns the number of voxels in the images of one sample.
std::uint64_t image_voxels(const SampleParameters& parameters, int channels);

/// Returns the bytes of these voxels as float32.
std::uint64_t image_bytes(const SampleParameters& parameters, int channels);

/// Throws UsageError if the images of this many samples take more than `available` bytes.
void check_image_memory(const SampleParameters& parameters, int channels, std::uint64_t samples,
                        std::uint64_t available);

}  // namespace mmgym
