#include "batches/batch_order.h"

#include <algorithm>
#include <set>
#include <vector>

#include "catch.h"

using mmgym::BatchOptions;
using mmgym::BatchOrder;
using mmgym::testing::contains;

namespace {

BatchOptions options(std::uint64_t batch_size, std::uint64_t epochs, std::uint64_t rank,
                     std::uint64_t world_size, bool drop_last = false) {
  return {batch_size, epochs, rank, world_size, drop_last};
}

/// The sorted positions in all batches of all ranks.
std::vector<std::uint64_t> all_positions(std::uint64_t samples, const BatchOptions& shared) {
  std::vector<std::uint64_t> all;
  std::set<std::uint64_t> counts;
  for (std::uint64_t rank = 0; rank < shared.world_size; ++rank) {
    BatchOptions own = shared;
    own.rank = rank;
    const BatchOrder order(samples, 0, samples, 0, own);
    counts.insert(order.count());
    for (std::uint64_t n = 0; n < order.count(); ++n) {
      const auto positions = order.positions(n);
      CHECK(positions.count >= 1);
      CHECK(positions.count <= shared.batch_size);
      // Batches stay within their epoch.
      CHECK(positions.first / samples == n / order.batches_per_epoch());
      CHECK((positions.first + positions.count - 1) / samples == n / order.batches_per_epoch());
      for (std::uint64_t i = 0; i < positions.count; ++i) all.push_back(positions.first + i);
    }
  }
  CHECK(counts.size() == 1);  // all ranks have the same number of batches
  std::ranges::sort(all);
  return all;
}

}  // namespace

TEST_CASE("All ranks together have each sample of every epoch once, in equally many batches") {
  for (const std::uint64_t samples : {1, 2, 5, 16, 17, 63, 64, 65, 100, 257})
    for (const std::uint64_t batch_size : {2, 3, 8, 64})
      for (const std::uint64_t world_size : {1, 2, 3, 7}) {
        if (samples < world_size) continue;
        INFO(samples << " samples, batches of " << batch_size << ", " << world_size << " ranks");
        const auto all = all_positions(samples, options(batch_size, 3, 0, world_size));
        REQUIRE(all.size() == 3 * samples);
        for (std::uint64_t i = 0; i < all.size(); ++i) REQUIRE(all[i] == i);
      }
}

TEST_CASE("With drop_last all batches are full, and no sample comes twice") {
  const auto all = all_positions(100, options(8, 2, 0, 3, true));
  CHECK(all.size() == 2 * 96);
  CHECK(std::ranges::adjacent_find(all) == all.end());
}

TEST_CASE("Samples that cannot be divided among the ranks are refused with a remedy") {
  const auto refuse = [](std::uint64_t samples, const BatchOptions& wrong, const char* says) {
    CHECK_THROWS_WITH(BatchOrder(samples, 0, samples, 0, wrong), contains(says));
  };
  refuse(5, options(1, 1, 0, 2), "drop_last=True");
  refuse(2, options(64, 1, 0, 3), "use fewer processes");
  refuse(5, options(64, 1, 0, 1, true), "another batch size");
  refuse(5, options(0, 1, 0, 1), "batch_size: '0'");
  refuse(5, options(1, 1, 0, 0), "world_size: '0'");
  refuse(5, options(1, 1, 2, 2), "rank: '2'");
}

TEST_CASE("Batches without end have the samples of as many epochs as there are indices for") {
  const BatchOrder order(10, 0, 10, 3, options(4, 0, 0, 1));
  CHECK(order.batches_per_epoch() == 3);
  CHECK(order.count() > std::uint64_t{1} << 60);
  const BatchOrder finite(10, 0, 10, 3, options(4, 7, 0, 1));
  for (std::uint64_t n = 0; n < finite.count(); ++n) {
    CHECK(order.positions(n).first == finite.positions(n).first);
    CHECK(order.index(order.positions(n).first) == finite.index(finite.positions(n).first));
  }
}
