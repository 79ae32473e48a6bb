#include "shards/sample_pipeline.h"

#include <tbb/global_control.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/object_pool.h"
#include "catch.h"

using mmgym::run_pipeline;
using mmgym::SampleRecord;

TEST_CASE("Records are written in order, however long each takes, and few are in the making") {
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, 4);
  std::atomic<int> alive = 0;
  std::atomic<int> most = 0;
  std::vector<std::uint64_t> written;
  run_pipeline(
      5, 205, 6,
      [&](std::uint64_t position) {
        const int now = ++alive;
        for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
        }
        std::this_thread::sleep_for(std::chrono::microseconds(position * 7919 % 500));
        SampleRecord record;
        record.index = position;
        return record;
      },
      [&](const SampleRecord& record) {
        written.push_back(record.index);
        --alive;
      });
  REQUIRE(written.size() == 200);
  for (std::size_t i = 0; i < written.size(); ++i) REQUIRE(written[i] == i + 5);
  CHECK(most <= 6);
}

TEST_CASE("What goes wrong in making or writing comes out of the pipeline") {
  const auto make = [](std::uint64_t position) {
    if (position == 50) throw std::runtime_error("not to be made");
    return SampleRecord{position, {}, {}};
  };
  CHECK_THROWS_WITH(run_pipeline(0, 100, 4, make, [](const SampleRecord&) {}), "not to be made");
  const auto write = [](const SampleRecord& record) {
    if (record.index == 20) throw std::invalid_argument("not to be written");
  };
  CHECK_THROWS_AS(run_pipeline(0, 100, 4, make, write), std::invalid_argument);
  int written = 0;
  run_pipeline(7, 7, 4, make, [&written](const SampleRecord&) { ++written; });
  CHECK(written == 0);
}

TEST_CASE("An object pool hands out what has come back, and makes no more than are in use") {
  int made = 0;
  mmgym::ObjectPool<int> pool([&made] { return std::make_unique<int>(++made); });
  const auto first = pool.get();
  for (int i = 0; i < 100; ++i) CHECK(*pool.get() == 2);
  auto second = pool.get();
  auto third = pool.get();
  CHECK(made == 3);
  second.reset();
  CHECK(*pool.get() == 2);
  std::shared_ptr<int> survivor;
  {
    mmgym::ObjectPool<int> gone;
    survivor = gone.get();
  }
  *survivor = 5;
}
