#include "voxel/image_params.h"

#include <string>

#include "base/errors.h"

namespace mmgym {
void check(const ImageParams& params) {
  const Grid& grid = params.grid;
  if (grid.length_voxels < 1 || grid.length_voxels > Grid::kMaxLength)
    throw UsageError("an image must have 1 to " + std::to_string(Grid::kMaxLength) +
                     " voxels along its edge, not " + std::to_string(grid.length_voxels));
  if (!(grid.resolution_A >= 1e-6 && grid.resolution_A <= 1e6))
    throw UsageError("the resolution of an image must be 1e-6 to 1e6 Å, not " +
                     std::to_string(grid.resolution_A));
  if (!grid.center_A.allFinite()) throw UsageError("the center of an image must be finite");
  if (params.channels < 1 || params.channels > ImageParams::kMaxChannels)
    throw UsageError("an image must have 1 to " + std::to_string(ImageParams::kMaxChannels) +
                     " channels, not " + std::to_string(params.channels));
}

}  // namespace mmgym
