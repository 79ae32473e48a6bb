#include "density/sphere_kernel.h"

#include <Eigen/Core>
#include <cmath>

#include "voxel/overlap.h"

namespace mmgym {

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

}  // namespace mmgym
