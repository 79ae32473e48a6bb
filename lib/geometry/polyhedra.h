#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace mmgym {

/// Unit vectors through the faces of a polyhedron, in a fixed order that neighbor ids and labels
/// count. Names are "tetrahedron faces", "cube faces", "octahedron faces", "dodecahedron faces",
/// "icosahedron faces", and two of them stacked: "icosahedron and dodecahedron faces".
/// Throws UsageError, naming the choices, for anything else.
std::vector<Eigen::Vector3d> polyhedron_faces(const std::string& geometry);

}  // namespace mmgym
