#include "voxel/nonzero.h"

#include <limits>
#include <random>

#include "catch.h"
#include "voxel/simd.h"

TEST_CASE("All nonzero voxels are found in order on every SIMD target") {
  std::mt19937 random(1);
  std::vector<std::vector<float>> images;
  for (const std::size_t size : {0, 1, 15, 16, 63, 64, 65, 1000, 9261}) {
    for (const unsigned one_in : {1, 3, 40, 1000000}) {
      std::vector<float> image(size);
      for (float& voxel : image)
        if (random() % one_in == 0) voxel = static_cast<float>(random() % 100) - 50;
      images.push_back(image);
    }
  }
  // The smallest number and NaN are nonzero; -0 is zero.
  images.push_back(std::vector<float>(200, 0.0F));
  images.back()[7] = std::numeric_limits<float>::denorm_min();
  images.back()[100] = -0.0F;
  images.back()[199] = std::numeric_limits<float>::quiet_NaN();

  mmgym::NonzeroVoxels found;
  for (const auto& target : mmgym::simd_targets()) {
    mmgym::use_simd_target(target);
    for (const auto& image : images) {
      found.find(image);
      std::vector<std::uint32_t> expected;
      for (std::size_t i = 0; i < image.size(); ++i)
        if (image[i] != 0) expected.push_back(static_cast<std::uint32_t>(i));
      REQUIRE(std::vector(found.indices().begin(), found.indices().end()) == expected);
      for (std::size_t i = 0; i < expected.size(); ++i) {
        const float value = found.values()[i];
        REQUIRE((value == image[expected[i]] || value != value));
      }
    }
  }
  mmgym::use_simd_target("");
}
