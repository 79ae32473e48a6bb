#pragma once

#include <cstddef>
#include <cstdint>

#include "voxel/atom_runs.h"

namespace mmgym {

/// Atoms to draw. The arrays have `count` elements and belong to the caller. Coordinates are in the
/// source frame of the transform given to Voxelizer::draw.
struct AtomsView {
  std::size_t count = 0;
  const double* x_A = nullptr;
  const double* y_A = nullptr;
  const double* z_A = nullptr;
  const float* occupancy = nullptr;
  const std::uint32_t* channels = nullptr;  ///< bit c: draw to channel c; 0: not drawn
  const float* radius_A = nullptr;          ///< nullptr: every atom has the voxelizer's radius
  const AtomRuns* runs = nullptr;           ///< of these atoms; nullptr: each atom is looked at
};

}  // namespace mmgym
