#include "density/kernel_profiles.h"

#include <algorithm>
#include <cstdlib>

#include "catch.h"

using namespace mmgym;

TEST_CASE("The profiles of a kernel have all of its weights") {
  for (const double radius : {0.2, 0.5, 1.0, 2.3, 7.5, 9.1}) {
    const SphereKernel kernel = make_sphere_kernel(radius);
    const KernelProfiles result = profiles_of(kernel);
    const int reach = result.reach;
    REQUIRE(reach == kernel.edge / 2);
    const double* fraction = kernel.fractions.data();
    for (int x = -reach; x <= reach; ++x)
      for (int y = -reach; y <= reach; ++y)
        for (int z = -reach; z <= reach; ++z) {
          const auto [near, far] = std::minmax({std::abs(x), std::abs(y)});
          double weight = 0;
          for (const auto& profile : result.profiles) {
            if (profile.near != near || profile.far != far) continue;
            if (std::abs(z) <= profile.same) weight += profile.weight;
            for (const auto& term : profile.rest)
              if (term.distance == std::abs(z)) weight += term.weight;
          }
          REQUIRE(weight == Approx(*fraction++).epsilon(1e-12));
        }
  }
}

TEST_CASE("Most weights of a profile are the same") {
  const KernelProfiles result = profiles_of(make_sphere_kernel(7.5));
  CHECK(result.profiles.size() == 32);
  CHECK(result.profiles.front().same == 6);
  CHECK(result.profiles.front().rest.size() == 1);
}
