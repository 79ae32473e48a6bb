#pragma once

#include <cstdint>
#include <span>

#include "voxel/image_params.h"

namespace mmgym {

/// The box of voxels that an atom was drawn to, in every channel of its mask.
struct Footprint {
  std::uint32_t first;      ///< place in a channel of the lowest voxel: (i L + j) L + k
  std::uint32_t channels;   ///< bit c: channel c
  std::uint16_t length[3];  ///< voxels along x, y and z, from 1
};

/// Sets an image of this kind, which held zeros before these atoms were drawn to it, to zero again.
/// Writes either the voxels of the footprints or all voxels, whichever is less work.
void erase(const ImageParams& kind, std::span<float> image, std::span<const Footprint> footprints);

}  // namespace mmgym
