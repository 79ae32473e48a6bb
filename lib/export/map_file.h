#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "voxel/grid.h"

namespace mmgym {

/// Writes one channel of an image (C order: x, y, z) as a map in MRC2014 format, which is also the
/// CCP4 format.
///
/// Map points are the centers of voxels, one per voxel. Columns, rows and sections are x, y and z.
/// The cell is the image's cube, in space group P1. The position of the first point is in the
/// header's ORIGIN (words 50 to 52), in angstrom. NSTART counts whole voxels and cannot express the
/// center of an image with an even number of voxels. PyMOL, ChimeraX and Mol* use ORIGIN in files
/// named .mrc. A map cannot be rotated, so its axes are the axes of the frame that the image was
/// drawn in; grid.center_A is in that frame.
///
/// Values are stored unchanged as 32-bit floats. Throws WriteError if the file cannot be written,
/// and std::invalid_argument if `channel` does not have grid.voxels() values.
void write_map(const std::filesystem::path& path, std::span<const float> channel, const Grid& grid,
               const std::string& label);

}  // namespace mmgym
