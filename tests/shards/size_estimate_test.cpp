#include "shards/size_estimate.h"

#include <numeric>
#include <set>

#include "catch.h"
#include "example.h"
#include "temporary_folder.h"

using namespace mmgym;
using namespace mmgym::testing;

namespace {

double bytes_of_shards(const std::filesystem::path& folder) {
  double bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (is_shard_name(entry.path().filename().string()))
      bytes += static_cast<double>(entry.file_size());
  return bytes;
}

}  // namespace

TEST_CASE("The size of dense images without compression is known exactly before they are made") {
  const TemporaryFolder place;
  const Example example;
  ShardFolder folder(place.path(), example.plan(1000, 30));
  std::set<std::uint64_t> made;
  const SizeEstimate estimate = estimate_size(folder, [&](std::uint64_t position) {
    made.insert(position);
    return example.sample(position);
  });
  CHECK(made.size() == 16);
  CHECK(*made.begin() == 0);
  CHECK(*made.rbegin() >= 900);
  CHECK(estimate.shards == 34);
  write_missing(folder, example);
  CHECK(static_cast<double>(estimate.bytes) == bytes_of_shards(place.path()));
}

TEST_CASE("The size of other images is estimated from samples of the whole run") {
  const TemporaryFolder place;
  for (const std::string encoding : {"gzip", "sparse"}) {
    CAPTURE(encoding);
    const Example example(encoding);
    ShardFolder folder(place.path() / encoding, example.plan(300, 60));
    const auto estimate = estimate_size(folder, [&](auto i) { return example.sample(i); });
    write_missing(folder, example);
    CHECK(static_cast<double>(estimate.bytes) ==
          Approx(bytes_of_shards(place.path() / encoding)).epsilon(0.05));
  }
}

TEST_CASE("Only missing shards count, and few samples are made for few that are missing") {
  const TemporaryFolder place;
  const Example example;
  const ShardPlan plan = example.plan(50, 12);
  write_all(place.path(), plan);
  const auto size = std::filesystem::file_size(place.path() / "shard-000002.tar") +
                    std::filesystem::file_size(place.path() / "shard-000004.tar");
  std::filesystem::remove(place.path() / "shard-000002.tar");
  std::filesystem::remove(place.path() / "shard-000004.tar");
  {
    const ShardFolder folder(place.path(), plan);
    std::vector<std::uint64_t> made;
    const SizeEstimate estimate = estimate_size(folder, [&](std::uint64_t position) {
      made.push_back(position);
      return example.sample(position);
    });
    CHECK(estimate.shards == 2);
    CHECK(estimate.bytes == size);
    CHECK(made == std::vector<std::uint64_t>{24});
  }
  write_all(place.path(), plan);
  const ShardFolder folder(place.path(), plan);
  const auto none = [](std::uint64_t) -> SampleRecord {
    throw std::logic_error("none is missing");
  };
  CHECK(estimate_size(folder, none).bytes == 0);
}

TEST_CASE("A count that is far too large does not overflow") {
  const TemporaryFolder place;
  const Example example;
  const ShardFolder folder(place.path(), example.plan(UINT64_MAX, UINT64_MAX / 3));
  CHECK(estimate_size(folder, [&](auto) { return example.sample(1); }).bytes > 8e18);
}

TEST_CASE("A folder that needs more than the free space is refused with what to do") {
  const SizeEstimate estimate{12'300'000'000, 19};
  CHECK_NOTHROW(require_free_space("out", estimate, 12'300'000'000));
  CHECK_NOTHROW(require_free_space("out", estimate, std::nullopt));
  CHECK_THROWS_AS(require_free_space("out", estimate, 12'299'999'999), ShardError);
  CHECK_THROWS_WITH(require_free_space("out", estimate, 3'100'000'000),
                    contains("out: about 12.3 GB are needed, but 3.1 GB are free; ") &&
                        contains("--encoding sparse") && contains("--dtype float16") &&
                        contains("--count") && contains("--no-space-check"));
}

TEST_CASE("The free space is that of the folder's file system") {
  const TemporaryFolder place;
  CHECK(free_space(place.path()).value_or(0) > 0);
  CHECK_FALSE(free_space(place.path() / "missing"));
}
