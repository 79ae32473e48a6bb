#include "export/map_file.h"

#include <stdexcept>

#include "export/ccp4_file.h"

namespace mmgym {

void write_map(const std::filesystem::path& path, std::span<const float> channel, const Grid& grid,
               const std::string& label) {
  if (channel.size() != grid.voxels())
    throw std::invalid_argument("the size of the channel differs from the grid of the map");
  Ccp4Cube cube;
  cube.points = grid.length_voxels;
  cube.edge_A = grid.edge_A();
  Eigen::Vector3d::Map(cube.first_A) = grid.voxel_center_A(0, 0, 0);
  cube.values.assign(channel.begin(), channel.end());
  cube.label = label;
  write_ccp4(path.string(), cube);
}

}  // namespace mmgym
