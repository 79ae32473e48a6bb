#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "voxel/image_params.h"

namespace mmgym {

/// Draws the images of a sample from its files "xyz.npy", "channel.npy", "weight.npy" and
/// "view.npy" (each also with ".gz"): view, channel, x, y, z. Throws ShardError if files are
/// missing or do not fit together.
std::vector<float> images_of_stored_atoms(
    const std::map<std::string, std::vector<std::byte>>& files, const ImageParams& params,
    double radius_A, int views);

}  // namespace mmgym
