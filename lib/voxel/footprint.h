#pragma once

#include <cstdint>
#include <span>

#include "voxel/image_params.h"

namespace mmgym {

/// The box of voxels that an atom was drawn to, in every channel of its mask.
struct Footprint {
  std::uint32_t first;      ///< offset of the lowest voxel in a channel: (i L + j) L + k
  std::uint32_t channels;   ///< bit c: channel c
  std::uint16_t length[3];  ///< voxels along x, y and z, at least 1
};

/// Sets an image back to zeros. It must have been zeros before the atoms of `footprints` were
/// drawn. Writes the voxels of the footprints or all voxels, whichever is faster.
void erase(const ImageParams& kind, std::span<float> image, std::span<const Footprint> footprints);

}  // namespace mmgym
