#pragma once

#include "voxel/kernels.h"

// Functions that draw one atom, times ball.scale, without SIMD code and set its footprint. Each
// returns false and draws nothing if the atom is in no voxel.

namespace mmgym {

/// Draws Fill::nearest: 1 in the (half-open) voxel of the center.
bool draw_point(const kernels::View& view, const kernels::Ball& ball, const kernels::Canvas& canvas,
                Footprint& footprint);

/// Draws a ball that is much larger than the voxels: its overlap with each voxel, Å³.
bool draw_large_ball(const kernels::View& view, const kernels::Ball& ball,
                     const kernels::Canvas& canvas, Footprint& footprint);

}  // namespace mmgym
