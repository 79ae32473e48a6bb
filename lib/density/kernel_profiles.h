#pragma once

#include <cstddef>
#include <vector>

#include "density/sphere_kernel.h"

namespace mmgym {

/// The rows of a sphere kernel along z. A row depends only on its distances from the center along x
/// and y, in either order, so four in five rows are duplicates: the others are the profiles. A row
/// is the same on both sides of its middle, where all of its weights are the same: these voxels are
/// wholly inside the sphere.
struct KernelProfiles {
  struct Term {
    int distance;  // from the middle, on both sides
    double weight;
  };
  struct Profile {
    int near;  // distances of its rows from the center, along x and y or along y and x
    int far;
    int same;  // all weights from the middle to this distance are `weight`
    double weight;
    std::vector<Term> rest;  // weights that are not 0, outwards
  };
  int reach;  // of the kernel, from its center
  std::vector<Profile> profiles;
};

KernelProfiles profiles_of(const SphereKernel& kernel);

}  // namespace mmgym
