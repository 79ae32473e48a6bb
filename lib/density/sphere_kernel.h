#pragma once

#include <cstddef>
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

/// A run of the kernel along z without zeros at its ends, padded with zeros to a multiple of
/// kRowAlignment so that any vector width divides it.
struct KernelRow {
  std::size_t offset;  // of its first value, from where the kernel's first value is to be added
  std::vector<double> values;
};
inline constexpr std::size_t kRowAlignment = 8;

/// The rows of a kernel laid over a cube of `target_edge` voxels per side, in C order.
std::vector<KernelRow> kernel_rows(const SphereKernel& kernel, int target_edge);

/// Adds `weight` times a kernel to `target`, where the kernel's first value falls on target[0].
/// Writes up to kRowAlignment - 1 values beyond the last row, adding 0 to them.
void add_kernel(const std::vector<KernelRow>& rows, double weight, double* target);

}  // namespace mmgym
