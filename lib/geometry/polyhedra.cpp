#include "geometry/polyhedra.h"

#include <cmath>
#include <numbers>
#include <stdexcept>

#include "base/errors.h"

namespace mmgym {
namespace {

using Directions = std::vector<Eigen::Vector3d>;

constexpr double kPhi = std::numbers::phi;

Directions normalized(Directions directions) {
  for (auto& direction : directions) direction /= direction.norm();
  return directions;
}

/// Returns (+-a, +-b, +-c). Signs are in binary order, the first varies slowest; a zero has one
/// sign.
Directions sign_changes(double a, double b, double c) {
  Directions result;
  const auto signs = [](double value) {
    return value == 0 ? std::vector<double>{0.0} : std::vector<double>{value, -value};
  };
  for (double x : signs(a))
    for (double y : signs(b))
      for (double z : signs(c)) result.emplace_back(x, y, z);
  return result;
}

// The directions of faces are the vertices of the dual polyhedron.

Directions tetrahedron() {
  const double h = std::numbers::sqrt2 / 2;
  return normalized({{1, 0, -h}, {-1, 0, -h}, {0, 1, h}, {0, -1, h}});
}

Directions cube() { return {{0, -1, 0}, {0, 1, 0}, {-1, 0, 0}, {1, 0, 0}, {0, 0, 1}, {0, 0, -1}}; }

Directions octahedron() { return normalized(sign_changes(1, 1, 1)); }

Directions dodecahedron() {
  Directions faces = {{0, 1, kPhi}, {0, -1, kPhi}, {0, 1, -kPhi}, {0, -1, -kPhi},
                      {1, kPhi, 0}, {-1, kPhi, 0}, {1, -kPhi, 0}, {-1, -kPhi, 0},
                      {kPhi, 0, 1}, {kPhi, 0, -1}, {-kPhi, 0, 1}, {-kPhi, 0, -1}};
  return normalized(std::move(faces));
}

Directions icosahedron() {
  Directions faces = sign_changes(1, 1, 1);
  for (const auto& face : sign_changes(0, kPhi, 1 / kPhi)) faces.push_back(face);
  const double p = 1 / kPhi;
  for (const auto& face : Directions{{p, 0, kPhi}, {-p, 0, kPhi}, {p, 0, -kPhi}, {-p, 0, -kPhi}})
    faces.push_back(face);
  for (const auto& face : sign_changes(kPhi, p, 0)) faces.push_back(face);
  return normalized(std::move(faces));
}

Directions faces_of(const std::string& shape, const std::string& geometry) {
  if (shape == "tetrahedron") return tetrahedron();
  if (shape == "cube") return cube();
  if (shape == "octahedron") return octahedron();
  if (shape == "dodecahedron") return dodecahedron();
  if (shape == "icosahedron") return icosahedron();
  throw UsageError("unknown geometry '" + geometry +
                   "'; choose '<shape> faces' or '<shape> and <shape> faces', with a shape of "
                   "tetrahedron, cube, octahedron, dodecahedron or icosahedron");
}

}  // namespace

std::vector<Eigen::Vector3d> polyhedron_faces(const std::string& geometry) {
  const std::string suffix = " faces";
  const std::string conjunction = " and ";
  if (!geometry.ends_with(suffix)) return faces_of("", geometry);
  const std::string shapes = geometry.substr(0, geometry.size() - suffix.size());
  const auto split = shapes.find(conjunction);
  Directions faces = faces_of(shapes.substr(0, split), geometry);
  if (split != std::string::npos)
    for (const auto& face : faces_of(shapes.substr(split + conjunction.size()), geometry))
      faces.push_back(face);
  return faces;
}

}  // namespace mmgym
