#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

// Kept to C++17, as gemmi's headers ask (see cmake/Dependencies.cmake).

namespace mmgym::testing {

/// Some items of a category ("_atom_site.") of the only block of a CIF file, as gemmi reads it, row
/// by row, without quotes; what is "." or "?" is empty. No rows if the file has no such items.
std::vector<std::vector<std::string>> read_cif(const std::string& path, const std::string& category,
                                               const std::vector<std::string>& items);

/// A map with as many points along each axis, as gemmi reads it.
struct ReadMap {
  int points = 0;  // along an edge
  double edge_A = 0;
  std::array<double, 3> angles_deg{};
  std::string label;
  std::array<double, 3> origin_A{};  // words 50 to 52 of the header
  // In the order x, y, z:
  std::vector<float> values;
  std::vector<std::array<double, 3>> places_A;  // gemmi's positions in the cell, and the origin

  std::size_t offset(int u, int v, int w) const {
    return (static_cast<std::size_t>(u) * points + v) * points + w;
  }
};
ReadMap read_map(const std::string& path);

}  // namespace mmgym::testing
