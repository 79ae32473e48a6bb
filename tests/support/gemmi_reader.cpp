#include "gemmi_reader.h"

#include <gemmi/ccp4.hpp>
#include <gemmi/cif.hpp>

namespace mmgym::testing {

std::vector<std::vector<std::string>> read_cif(const std::string& path, const std::string& category,
                                               const std::vector<std::string>& items) {
  gemmi::cif::Document document = gemmi::cif::read_file(path);
  std::vector<std::vector<std::string>> rows;
  for (auto row : document.sole_block().find(category, items)) {
    auto& texts = rows.emplace_back();
    for (std::size_t i = 0; i < items.size(); ++i) texts.push_back(row.str(static_cast<int>(i)));
  }
  return rows;
}

ReadMap read_map(const std::string& path) {
  gemmi::Ccp4<float> file;
  file.read_ccp4_file(path);
  ReadMap map;
  map.points = file.grid.nu;
  if (file.grid.nv != map.points || file.grid.nw != map.points)
    throw std::runtime_error(path + ": not a cube");
  const gemmi::UnitCell& cell = file.grid.unit_cell;
  map.edge_A = cell.a;
  map.angles_deg = {cell.alpha, cell.beta, cell.gamma};
  constexpr int kOriginWord = 50;
  constexpr int kLabelWord = 57;
  map.label = file.header_str(kLabelWord, 80);
  for (int axis = 0; axis < 3; ++axis) map.origin_A[axis] = file.header_float(kOriginWord + axis);
  for (int u = 0; u < map.points; ++u)
    for (int v = 0; v < map.points; ++v)
      for (int w = 0; w < map.points; ++w) {
        map.values.push_back(file.grid.get_value_q(u, v, w));
        const gemmi::Position place = file.grid.get_position(u, v, w);
        map.places_A.push_back(
            {place.x + map.origin_A[0], place.y + map.origin_A[1], place.z + map.origin_A[2]});
      }
  return map;
}

}  // namespace mmgym::testing
