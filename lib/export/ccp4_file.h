#pragma once

#include <string>
#include <vector>

// C++17, which gemmi's headers require (see cmake/Dependencies.cmake).

namespace mmgym {

/// A cube of points with equal spacing along all axes.
struct Ccp4Cube {
  int points = 0;             // points along an edge
  double edge_A = 0;          // points times their distance
  double first_A[3] = {};     // position of the first point
  std::vector<float> values;  // x, y, z; C order
  std::string label;          // up to 80 characters
};

/// Writes a map in MRC2014 format, values as 32-bit floats. Throws WriteError if the file
/// cannot be written.
void write_ccp4(const std::string& path, const Ccp4Cube& cube);

}  // namespace mmgym
