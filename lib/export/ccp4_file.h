#pragma once

#include <string>
#include <vector>

// Kept to C++17, as gemmi's headers ask (see cmake/Dependencies.cmake).

namespace mmgym {

/// A cube of points: as many along each axis, and as many angstrom apart, as make its edge.
struct Ccp4Cube {
  int points = 0;  // along an edge
  double edge_A = 0;
  double first_A[3] = {};     // where the first point is
  std::vector<float> values;  // x, y, z; C order
  std::string label;          // up to 80 characters
};

/// Writes a map in MRC2014 format, values as 32-bit floats. Throws WriteError if the file
/// cannot be written.
void write_ccp4(const std::string& path, const Ccp4Cube& cube);

}  // namespace mmgym
