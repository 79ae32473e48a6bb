#pragma once

#include <vector>

namespace mmgym {

/// A sphere drawn on a grid of cubes of edge 1, its center in the center of a cube: the fraction of
/// the sphere in each cube, in C order, scaled to a sum of 1.
struct SphereKernel {
  int edge;  // smallest odd number that is at least twice the radius
  std::vector<double> fractions;
};

/// The kernel for a positive radius, given in voxels.
SphereKernel make_sphere_kernel(double radius);

}  // namespace mmgym
