#include "export/map_file.h"

#include <gemmi/ccp4.hpp>
#include <stdexcept>

namespace mmgym {

void write_map(const std::filesystem::path& path, std::span<const float> channel, const Grid& grid,
               const std::string& label) {
  if (channel.size() != grid.voxels())
    throw std::invalid_argument("a channel has another size than the grid of its map");
  constexpr int kOriginWord = 50;
  constexpr int kLabelWord = 57;
  constexpr std::size_t kLabelSize = 80;
  const int n = grid.length_voxels;

  gemmi::Ccp4<float> map;
  map.grid.unit_cell.set(grid.edge_A(), grid.edge_A(), grid.edge_A(), 90, 90, 90);
  map.grid.set_size_without_checking(n, n, n);
  for (int x = 0; x < n; ++x)
    for (int y = 0; y < n; ++y)
      for (int z = 0; z < n; ++z)
        map.grid.data[map.grid.index_q(x, y, z)] = channel[grid.offset(0, x, y, z)];
  map.update_ccp4_header(2);  // mode 2: 32-bit floats
  const Eigen::Vector3d origin_A = grid.voxel_center_A(0, 0, 0);
  for (int axis = 0; axis < 3; ++axis)
    map.set_header_float(kOriginWord + axis, static_cast<float>(origin_A[axis]));
  std::string padded = label;
  padded.resize(kLabelSize, ' ');
  map.set_header_str(kLabelWord, padded);
  map.write_ccp4_map(path.string());
}

}  // namespace mmgym
