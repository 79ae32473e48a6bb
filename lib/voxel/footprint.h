#pragma once

#include <cstdint>

namespace mmgym {

/// The box of voxels that an atom was drawn to, in every channel of its mask.
struct Footprint {
  std::uint16_t first[3];   ///< the lowest voxel's i, j, k
  std::uint16_t length[3];  ///< voxels along each axis, from 1
  std::uint32_t channels;
};

}  // namespace mmgym
