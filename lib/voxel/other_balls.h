#pragma once

#include "voxel/kernels.h"

// The kinds of atoms that are not drawn by SIMD code. Each draws one, times ball.scale, and says
// where; each returns false, and draws nothing, if the atom is in no voxel.

namespace mmgym {

/// Fill::nearest: 1 in the (half-open) voxel of the center.
bool draw_point(const kernels::View& view, const kernels::Ball& ball, const kernels::Canvas& canvas,
                Footprint& footprint);

/// Fill::gaussian, at the centers of voxels less than kGaussianReach radii away.
bool draw_gaussian(const kernels::View& view, const kernels::Ball& ball,
                   const kernels::Canvas& canvas, Footprint& footprint);

/// A ball that is large against the voxels: its overlap with each, Å³.
bool draw_large_ball(const kernels::View& view, const kernels::Ball& ball,
                     const kernels::Canvas& canvas, Footprint& footprint);

}  // namespace mmgym
