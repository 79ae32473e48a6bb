#include "density/kernel_profiles.h"

#include <algorithm>
#include <cmath>

namespace mmgym {

KernelProfiles profiles_of(const SphereKernel& kernel) {
  constexpr double kRounding = 1e-12;
  const int reach = kernel.edge / 2;
  KernelProfiles result{reach, {}};
  for (int near = 0; near <= reach; ++near)
    for (int far = near; far <= reach; ++far) {
      const auto edge = static_cast<std::size_t>(kernel.edge);
      const std::size_t row = static_cast<std::size_t>(reach + near) * edge + reach + far;
      const double* middle = kernel.fractions.data() + row * edge + reach;
      if (std::all_of(middle, middle + reach + 1, [](double weight) { return weight == 0; }))
        continue;
      auto& profile =
          result.profiles.emplace_back(KernelProfiles::Profile{near, far, 0, middle[0], {}});
      while (profile.same < reach &&
             std::abs(middle[profile.same + 1] - middle[0]) <= kRounding * middle[0])
        ++profile.same;
      for (int distance = profile.same + 1; distance <= reach; ++distance)
        if (middle[distance] != 0) profile.rest.push_back({distance, middle[distance]});
    }
  return result;
}

}  // namespace mmgym
