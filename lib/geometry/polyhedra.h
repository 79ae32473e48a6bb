#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace mmgym {

/// Unit vectors through the faces of a polyhedron. Their order is fixed: neighbor ids and labels
/// are positions in it. Names are "tetrahedron faces", "cube faces", "octahedron faces",
/// "dodecahedron faces", "icosahedron faces", and two of them joined: "icosahedron and dodecahedron
/// faces". Throws UsageError, naming the choices, for anything else.
std::vector<Eigen::Vector3d> polyhedron_faces(const std::string& geometry);

}  // namespace mmgym
