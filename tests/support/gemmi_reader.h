#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

// C++17, as gemmi's headers require (see cmake/Dependencies.cmake).

namespace mmgym::testing {

/// Reads items of a category ("_atom_site.") from the only block of a CIF file, with gemmi. Returns
/// rows of values without quotes; "." and "?" become empty. No rows if the file lacks the items.
std::vector<std::vector<std::string>> read_cif(const std::string& path, const std::string& category,
                                               const std::vector<std::string>& items);

/// A cubic map, read with gemmi.
struct ReadMap {
  int points = 0;  // along an edge
  double edge_A = 0;
  std::array<double, 3> angles_deg{};
  std::string label;
  std::array<double, 3> origin_A{};  // words 50 to 52 of the header
  // In C order: x, y, z.
  std::vector<float> values;
  std::vector<std::array<double, 3>> places_A;  // gemmi's positions in the cell plus the origin

  std::size_t offset(int u, int v, int w) const {
    return (static_cast<std::size_t>(u) * points + v) * points + w;
  }
};
ReadMap read_map(const std::string& path);

}  // namespace mmgym::testing
