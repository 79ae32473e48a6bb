// The addition of kernels is where the time of a density map goes, so it is compiled for every
// vector width and the machine's is chosen at run time. Products and sums are rounded separately,
// which makes the result the same on all of them.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "density/sphere_kernel.cpp"
#include "density/sphere_kernel.h"

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

void AddKernel(const KernelRows& kernel, double weight, double* target) {
  const hn::CappedTag<double, kRowAlignment> d;
  const auto w = hn::Set(d, weight);
  for (const auto& row : kernel.rows) {
    double* out = target + row.offset;
    const double* in = kernel.values.data() + row.first;
    for (std::size_t i = 0; i < row.size; i += hn::Lanes(d))
      hn::StoreU(hn::Add(hn::LoadU(d, out + i), hn::Mul(w, hn::LoadU(d, in + i))), d, out + i);
  }
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <cmath>
#include <numbers>

#include "voxel/overlap.h"

namespace mmgym {

HWY_EXPORT(AddKernel);

SphereKernel make_sphere_kernel(double radius) {
  SphereKernel kernel;
  kernel.edge = static_cast<int>(std::ceil(2 * radius));
  if (kernel.edge % 2 == 0) ++kernel.edge;
  const int n = kernel.edge;
  kernel.fractions.reserve(static_cast<std::size_t>(n) * n * n);
  double sum = 0;
  for (int x = 0; x < n; ++x)
    for (int y = 0; y < n; ++y)
      for (int z = 0; z < n; ++z) {
        const Eigen::Vector3d low = Eigen::Vector3d(x, y, z).array() - n / 2.0;
        const double volume = ball_box_overlap_A3(Eigen::Vector3d::Zero(), radius, low,
                                                  low + Eigen::Vector3d::Ones());
        kernel.fractions.push_back(volume);
        sum += volume;
      }
  for (double& fraction : kernel.fractions) fraction /= sum;
  return kernel;
}

KernelRows kernel_rows(const SphereKernel& kernel, int target_edge) {
  KernelRows result;
  const auto n = static_cast<std::size_t>(kernel.edge);
  const auto edge = static_cast<std::size_t>(target_edge);
  for (std::size_t x = 0; x < n; ++x)
    for (std::size_t y = 0; y < n; ++y) {
      const double* values = &kernel.fractions[(x * n + y) * n];
      std::size_t first = 0;
      std::size_t last = n;
      while (first < last && values[first] == 0) ++first;
      while (last > first && values[last - 1] == 0) --last;
      if (first == last) continue;
      const std::size_t begin = result.values.size();
      result.values.insert(result.values.end(), values + first, values + last);
      const std::size_t padded = (last - first + kRowAlignment - 1) / kRowAlignment * kRowAlignment;
      result.values.resize(begin + padded);
      result.rows.push_back({(x * edge + y) * edge + first, begin, padded});
    }
  return result;
}

void add_kernel(const KernelRows& kernel, double weight, double* target) {
  HWY_DYNAMIC_DISPATCH(AddKernel)(kernel, weight, target);
}

}  // namespace mmgym

#endif  // HWY_ONCE
