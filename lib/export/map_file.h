#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "voxel/grid.h"

namespace mmgym {

/// Writes one channel of an image (C order: x, y, z) as a map in MRC2014 format, which CCP4 shares.
///
/// Map points are the centers of voxels. There is one for each voxel, and no more; columns, rows
/// and sections are x, y and z; the cell is the image's cube, in space group P1. The place of the
/// first point is in the header's ORIGIN (words 50 to 52), in angstrom: the center of an image of
/// an even number of voxels lies between points, which NSTART, in whole voxels, could not say.
/// PyMOL, ChimeraX and Mol* go by ORIGIN in files called .mrc. A map cannot be turned, so its axes
/// are those of the frame that the image was drawn in; grid.center_A is in that frame.
///
/// Values are stored as they are, as 32-bit floats. Throws WriteError if the file cannot be
/// written, std::invalid_argument if `channel` has not grid.voxels() values.
void write_map(const std::filesystem::path& path, std::span<const float> channel, const Grid& grid,
               const std::string& label);

}  // namespace mmgym
