#pragma once

#include <vector>

namespace mmgym {

/// A sphere on a grid of cubes of edge 1, centered at the center of a cube: the fraction of the
/// sphere in each cube, in C order, scaled to a sum of 1.
struct SphereKernel {
  int edge;  // smallest odd number that is at least twice the radius
  std::vector<double> fractions;
};

/// Returns the kernel for a positive radius in voxels.
SphereKernel make_sphere_kernel(double radius);

}  // namespace mmgym
