#include "voxel/nonzero.h"

#include <algorithm>
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

TEST_CASE("Taking the voxels of images finds the same ones, and leaves zeros") {
  std::mt19937 random(2);
  mmgym::Images images;
  mmgym::ImageParams kind;
  kind.grid = {9, 1.0};
  kind.channels = 5;
  for (const auto& target : mmgym::simd_targets()) {
    mmgym::use_simd_target(target);
    images.reset(kind, 2);
    for (int i = 0; i < 2; ++i) {
      for (const std::uint32_t channel : {1U, 3U}) {
        const auto voxels = images.image(i).subspan(channel * 729, 729);
        for (float& voxel : voxels)
          if (random() % 3 == 0) voxel = static_cast<float>(random() % 100);
        images.footprints(i).push_back({0, 1U << channel, {9, 9, 9}});
      }
    }
    mmgym::NonzeroVoxels found, taken;
    found.find(images);
    taken.take(images);
    CHECK(found.size() > 500);
    CHECK(std::ranges::equal(taken.indices(), found.indices()));
    CHECK(std::ranges::equal(taken.values(), found.values()));
    CHECK(std::ranges::count(images.voxels(), 0.0F) == 2 * 5 * 729);
    images.image(0)[700] = 1;  // not erased, because no footprint is left
    images.reset(kind, 2);
    CHECK(images.voxels()[700] == 1);
    images.image(0)[700] = 0;
  }
  mmgym::use_simd_target("");
}
