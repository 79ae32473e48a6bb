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

/// A kernel laid over a larger cube, as runs along z without zeros at their ends.
struct KernelRows {
  struct Row {
    std::size_t offset;  // of its first value, from where the kernel's first value is to be added
    std::size_t first;   // of its values in `values`
    std::size_t size;    // of its values, padded with zeros to a multiple of kRowAlignment
  };
  std::vector<Row> rows;
  std::vector<double> values;
};

/// Any vector width divides a row.
inline constexpr std::size_t kRowAlignment = 8;

/// The rows of a kernel laid over a cube of `target_edge` voxels per side, in C order.
KernelRows kernel_rows(const SphereKernel& kernel, int target_edge);

/// Adds `weight` times a kernel to `target`, where the kernel's first value falls on target[0].
/// Writes up to kRowAlignment - 1 values beyond the last row, adding 0 to them.
void add_kernel(const KernelRows& kernel, double weight, double* target);

}  // namespace mmgym
