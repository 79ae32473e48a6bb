#include "density/sphere_kernel.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>

#include "voxel/overlap.h"

namespace mmgym {

SphereKernel make_sphere_kernel(double radius) {
  SphereKernel kernel;
  kernel.edge = static_cast<int>(std::ceil(2 * radius));
  if (kernel.edge % 2 == 0) ++kernel.edge;
  const int n = kernel.edge;
  const int reach = n / 2;
  // The fraction of a cube depends only on its distances from the center along each axis, in any
  // order.
  std::map<std::array<int, 3>, double> fraction_at;
  kernel.fractions.reserve(static_cast<std::size_t>(n) * n * n);
  double sum = 0;
  for (int x = -reach; x <= reach; ++x)
    for (int y = -reach; y <= reach; ++y)
      for (int z = -reach; z <= reach; ++z) {
        std::array<int, 3> distances = {std::abs(x), std::abs(y), std::abs(z)};
        std::sort(distances.begin(), distances.end());
        const auto [found, is_new] = fraction_at.try_emplace(distances, 0);
        if (is_new) {
          const Eigen::Vector3d low =
              Eigen::Vector3i(distances.data()).cast<double>().array() - 0.5;
          found->second = ball_box_overlap_A3(Eigen::Vector3d::Zero(), radius, low,
                                              low + Eigen::Vector3d::Ones());
        }
        kernel.fractions.push_back(found->second);
        sum += found->second;
      }
  for (double& fraction : kernel.fractions) fraction /= sum;
  return kernel;
}

}  // namespace mmgym
