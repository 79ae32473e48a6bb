#include "voxel/copy_image.h"

#include <numeric>
#include <vector>

#include "catch.h"
#include "voxel/simd.h"

TEST_CASE("Images of any length and alignment are copied completely, and nothing else changes") {
  std::vector<float> from(300);
  std::iota(from.begin(), from.end(), 1.0F);
  for (const auto& target : mmgym::simd_targets()) {
    mmgym::use_simd_target(target);
    for (std::size_t begin = 0; begin < 20; ++begin)
      for (const std::size_t count : {0, 1, 7, 16, 33, 200}) {
        std::vector<float> to(300, -1.0F), expected = to;
        std::copy_n(from.begin() + 3, count, expected.begin() + static_cast<std::ptrdiff_t>(begin));
        mmgym::copy_past_caches(std::span(from).subspan(3, count),
                                std::span(to).subspan(begin, count));
        REQUIRE(to == expected);
      }
  }
  mmgym::use_simd_target("");
  std::vector<float> other(1);
  CHECK_THROWS_AS(mmgym::copy_past_caches(from, other), std::invalid_argument);
}
