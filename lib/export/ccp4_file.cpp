#include "export/ccp4_file.h"

#include <cerrno>
#include <fstream>
#include <gemmi/ccp4.hpp>

#include "base/errors.h"

namespace mmgym {
namespace {

constexpr int kModeFloat = 2;
constexpr int kOriginWord = 50;
constexpr int kLabelWord = 57;
constexpr std::size_t kLabelSize = 80;

}  // namespace

void write_ccp4(const std::string& path, const Ccp4Cube& cube) {
  const int n = cube.points;
  gemmi::Ccp4<float> map;
  map.grid.unit_cell.set(cube.edge_A, cube.edge_A, cube.edge_A, 90, 90, 90);
  map.grid.set_size_without_checking(n, n, n);
  std::size_t next = 0;
  for (int x = 0; x < n; ++x)
    for (int y = 0; y < n; ++y)
      for (int z = 0; z < n; ++z) map.grid.data[map.grid.index_q(x, y, z)] = cube.values[next++];
  map.update_ccp4_header(kModeFloat);
  for (int axis = 0; axis < 3; ++axis)
    map.set_header_float(kOriginWord + axis, static_cast<float>(cube.first_A[axis]));
  std::string label = cube.label;
  label.resize(kLabelSize, ' ');
  map.set_header_str(kLabelWord, label);
  map.write_ccp4_map(path);

  // gemmi does not notice a full disk.
  const std::size_t size = 4 * map.ccp4_header.size() + sizeof(float) * cube.values.size();
  std::ifstream written(path, std::ios::binary | std::ios::ate);
  if (!written || static_cast<std::size_t>(written.tellg()) != size)
    throw_write_error(errno == 0 ? EIO : errno, "cannot write " + path);
}

}  // namespace mmgym
