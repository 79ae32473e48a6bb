#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace mmgym {

/// Returns unit vectors through the faces of a polyhedron. Their order is fixed, because neighbor
/// ids and labels are positions in it. Names are "tetrahedron faces", "cube faces", "octahedron
/// faces", "dodecahedron faces", "icosahedron faces", or a combination of two: "icosahedron and
/// dodecahedron faces". Throws UsageError with the choices for any other name.
std::vector<Eigen::Vector3d> polyhedron_faces(const std::string& geometry);

}  // namespace mmgym
