#include "base/in_order.h"

#include <atomic>
#include <chrono>
#include <numeric>
#include <random>
#include <stdexcept>

#include "catch.h"

using mmgym::InOrder;
using mmgym::InOrderLimits;

namespace {

std::size_t one(std::size_t) { return 1; }
std::size_t no_bytes(const std::size_t&) { return 0; }

}  // namespace

TEST_CASE("Results are written in order, each once, whatever the threads and their pace") {
  for (const int threads : {1, 2, 7}) {
    std::vector<std::size_t> written;
    InOrder<std::size_t> run(
        500, {threads, 16, 1000}, [](std::size_t i) { return i * 7919 % 100; },
        [](std::size_t i) {
          if (i % 37 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
          return i * i;
        },
        no_bytes,
        [&](std::size_t i, std::size_t&& result) {
          REQUIRE(result == i * i);
          written.push_back(i);
        });
    run.run();
    std::vector<std::size_t> expected(500);
    std::iota(expected.begin(), expected.end(), std::size_t{0});
    REQUIRE(written == expected);
  }
}

TEST_CASE("No more items than the window holds are begun before the first is written") {
  std::atomic<std::size_t> written = 0;
  std::atomic<bool> too_early = false;
  InOrder<std::size_t> run(
      300, {4, 10, 1000}, one,
      [&](std::size_t i) {
        if (i >= written + 11) too_early = true;
        return i;
      },
      no_bytes, [&](std::size_t, std::size_t&&) { ++written; });
  run.run();
  CHECK_FALSE(too_early);
}

TEST_CASE("While much waits to be written, only what comes next is begun") {
  // The first item is slow, and each result counts as 100 bytes where 150 may wait.
  std::atomic<int> begun = 0;
  int begun_before_first_write = -1;
  InOrder<std::size_t> run(
      50, {2, 40, 150}, [](std::size_t i) { return 1000 - i; },
      [&](std::size_t i) {
        ++begun;
        if (i == 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return i;
      },
      [](const std::size_t&) { return std::size_t{100}; },
      [&](std::size_t i, std::size_t&&) {
        if (i == 0) begun_before_first_write = begun;
      });
  run.run();
  CHECK(begun == 50);
  CHECK(begun_before_first_write <= 4);
}

TEST_CASE("Items are begun in order until the last is in the window, then the costliest first") {
  const auto order_with_window = [](std::size_t window) {
    const std::vector<std::size_t> costs = {1, 1, 5, 1, 1, 10};
    std::vector<std::size_t> begun;
    InOrder<std::size_t> run(
        costs.size(), {1, window, 1000}, [&costs](std::size_t i) { return costs[i]; },
        [&](std::size_t i) {
          begun.push_back(i);
          return i;
        },
        no_bytes, [](std::size_t, std::size_t&&) {});
    run.run();
    return begun;
  };
  CHECK(order_with_window(6) == std::vector<std::size_t>{5, 2, 0, 1, 3, 4});
  CHECK(order_with_window(3) == std::vector<std::size_t>{0, 1, 2, 5, 3, 4});
}

TEST_CASE("An exception ends the run and is thrown again, with nothing written after it") {
  for (const int threads : {1, 3}) {
    std::vector<std::size_t> written;
    InOrder<std::size_t> run(
        100, {threads, 16, 1000}, one,
        [](std::size_t i) {
          if (i == 40) throw std::runtime_error("forty");
          return i;
        },
        no_bytes, [&](std::size_t i, std::size_t&&) { written.push_back(i); });
    CHECK_THROWS_WITH(run.run(), "forty");
    CHECK(written.size() <= 40);

    InOrder<std::size_t> failing_write(
        100, {threads, 16, 1000}, one, [](std::size_t i) { return i; }, no_bytes,
        [](std::size_t i, std::size_t&&) {
          if (i == 7) throw std::runtime_error("seven");
        });
    CHECK_THROWS_WITH(failing_write.run(), "seven");
  }
}

TEST_CASE("Nothing to do is done at once") {
  InOrder<std::size_t> run(
      0, {4, 16, 1000}, one, [](std::size_t i) { return i; }, no_bytes,
      [](std::size_t, std::size_t&&) { FAIL("nothing to write"); });
  run.run();
}
