#pragma once

#include <cstdint>

namespace mmgym {

/// The box of voxels that an atom was drawn to, in every channel of its mask.
struct Footprint {
  std::uint32_t first;      ///< place in a channel of the lowest voxel: (i L + j) L + k
  std::uint32_t channels;   ///< bit c: channel c
  std::uint16_t length[3];  ///< voxels along x, y and z, from 1
};

}  // namespace mmgym
