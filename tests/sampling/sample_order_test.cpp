#include "sampling/sample_order.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <vector>

#include "catch.h"

using mmgym::permuted;
using mmgym::SampleOrder;

TEST_CASE("A permutation contains every number once") {
  for (std::uint64_t size : {1, 2, 3, 5, 16, 17, 1000, 4096, 4097}) {
    std::set<std::uint64_t> images;
    for (std::uint64_t value = 0; value < size; ++value) {
      const auto image = permuted(value, size, 12345);
      REQUIRE(image < size);
      images.insert(image);
    }
    REQUIRE(images.size() == size);
  }
  CHECK(permuted(0, std::uint64_t{1} << 63, 1) < std::uint64_t{1} << 63);
}

TEST_CASE("Permutations separate neighbors, and keys give different permutations") {
  const std::uint64_t size = 10000;
  int adjacent = 0;
  int same = 0;
  for (std::uint64_t value = 0; value + 1 < size; ++value) {
    const auto a = permuted(value, size, 1);
    if (permuted(value + 1, size, 1) == a + 1) ++adjacent;
    if (permuted(value, size, 2) == a) ++same;
  }
  // By chance, each count is expected to be 1.
  CHECK(adjacent < 10);
  CHECK(same < 10);
}

TEST_CASE("An order contains all its samples once, epoch by epoch") {
  const std::uint64_t zones = 10;
  const SampleOrder order(zones, 7, 30, 0);
  std::vector<std::uint64_t> all;
  for (std::uint64_t position = 0; position < order.count(); ++position)
    all.push_back(order.index(position));
  // The epochs are samples 7 to 9, 10 to 19, 20 to 29 and 30 to 36.
  for (const auto& [begin, end] :
       std::vector<std::pair<int, int>>{{0, 3}, {3, 13}, {13, 23}, {23, 30}}) {
    std::vector<std::uint64_t> part(all.begin() + begin, all.begin() + end);
    std::sort(part.begin(), part.end());
    std::vector<std::uint64_t> expected(part.size());
    std::iota(expected.begin(), expected.end(), static_cast<std::uint64_t>(7 + begin));
    CHECK(part == expected);
  }
  CHECK(SampleOrder(1000, 0, 1000, 0).index(0) != SampleOrder(1000, 0, 1000, 1).index(0));
}

TEST_CASE("The orders of two epochs are not related") {
  // 2^10 numbers are shuffled in rounds. Each round makes the low half of a number the high half of
  // the next. If two epochs shared all rounds but one, each number x of the first would have a
  // number y of the second with high(y) = low(x) and high(shuffled y) = low(shuffled x). For
  // unrelated epochs, 1024 such pairs are expected, with a standard deviation of 32.
  constexpr std::uint64_t kZones = 1024;
  constexpr int kEpochs = 4;
  for (const std::uint64_t seed : {0, 1, 2, 3}) {
    const SampleOrder order(kZones, 0, kEpochs * kZones, seed);
    using Counts = std::array<std::array<int, 32>, 32>;  // by half before and after
    std::array<Counts, kEpochs> low{};
    std::array<Counts, kEpochs> high{};
    for (int epoch = 0; epoch < kEpochs; ++epoch)
      for (std::uint64_t value = 0; value < kZones; ++value) {
        const std::uint64_t shuffled = order.index(epoch * kZones + value) - epoch * kZones;
        ++low[epoch][value % 32][shuffled % 32];
        ++high[epoch][value / 32][shuffled / 32];
      }
    for (int a = 0; a < kEpochs; ++a)
      for (int b = 0; b < kEpochs; ++b) {
        int pairs = 0;
        for (int before = 0; before < 32; ++before)
          for (int after = 0; after < 32; ++after)
            pairs += low[a][before][after] * high[b][before][after];
        CAPTURE(seed, a, b);
        CHECK(pairs < 1024 + 8 * 32);
      }
  }
}

TEST_CASE("Swapping seed and epoch gives another order") {
  const std::uint64_t zones = 1000;
  const auto order = [&](std::uint64_t seed, std::uint64_t epoch) {
    const SampleOrder samples(zones, epoch * zones, zones, seed);
    std::vector<std::uint64_t> shuffled;
    for (std::uint64_t i = 0; i < zones; ++i) shuffled.push_back(samples.index(i) - epoch * zones);
    return shuffled;
  };
  CHECK(order(3, 5) == order(3, 5));
  CHECK(order(3, 5) != order(5, 3));
  CHECK(order(3, 3) != order(5, 5));
}
