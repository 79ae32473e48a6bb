#include "base/ordered_work.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <numeric>
#include <set>
#include <stdexcept>
#include <thread>

#include "base/random_stream.h"
#include "catch.h"

using mmgym::OrderedWork;
using mmgym::run_ordered;
using mmgym::share_work;
using mmgym::WorkLimits;

namespace {

using Item = std::uint64_t;

constexpr std::size_t kNoLimit = std::size_t{1} << 40;

/// Work whose results are the items themselves.
OrderedWork<Item> items(std::uint64_t count) {
  OrderedWork<Item> work;
  work.count = count;
  work.work = [](Item i) { return i; };
  work.write = [](Item, Item&&) {};
  return work;
}

void sleep_us(std::uint64_t microseconds) {
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
}

/// Records the maximum of a number.
class Peak {
 public:
  void add(std::int64_t amount) {
    const std::lock_guard guard(mutex_);
    now_ += amount;
    most_ = std::max(most_, now_);
  }
  std::int64_t now() const { return now_; }
  std::int64_t most() const { return most_; }

 private:
  std::mutex mutex_;
  std::int64_t now_ = 0;
  std::int64_t most_ = 0;
};

/// A result that counts how many of its kind exist.
class Counted {
 public:
  explicit Counted(std::atomic<int>& alive) : alive_(&alive) { ++*alive_; }
  Counted(Counted&& other) noexcept : alive_(other.alive_) { ++*alive_; }
  Counted& operator=(Counted&&) = delete;
  ~Counted() { --*alive_; }

 private:
  std::atomic<int>* alive_;
};

/// Holds threads until this many are waiting.
class Meeting {
 public:
  explicit Meeting(std::size_t threads) : threads_(threads) {}
  void wait() {
    std::unique_lock lock(mutex_);
    here_.insert(std::this_thread::get_id());
    changed_.notify_all();
    changed_.wait(lock, [this] { return here_.size() >= threads_; });
  }

 private:
  std::size_t threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::thread::id> here_;
};

}  // namespace

TEST_CASE("Results are written in order, each once, for any number and speed of threads") {
  for (int threads = 1; threads <= 8; ++threads) {
    auto work = items(500);
    std::vector<Item> written;
    work.work = [](Item i) {
      if (i % 37 == 0) sleep_us(200);
      return i * i;
    };
    work.work_bytes = [](Item i) { return i * 7919 % 100; };
    work.write = [&](Item i, Item&& result) {
      if (result == i * i) written.push_back(i);
    };
    run_ordered(work, {threads, 16, kNoLimit});
    std::vector<Item> expected(500);
    std::iota(expected.begin(), expected.end(), Item{0});
    REQUIRE(written == expected);
  }
}

TEST_CASE("Work runs on exactly as many threads as the limits allow, including the caller's") {
  for (const std::size_t threads : {1, 2, 5}) {
    Meeting meeting(threads);
    std::mutex mutex;
    std::set<std::thread::id> ids;
    auto work = items(40);
    work.work = [&](Item i) {
      meeting.wait();
      const std::lock_guard guard(mutex);
      ids.insert(std::this_thread::get_id());
      return i;
    };
    work.write = [&](Item, Item&&) {
      const std::lock_guard guard(mutex);
      ids.insert(std::this_thread::get_id());
    };
    run_ordered(work, {static_cast<int>(threads), 16, kNoLimit});
    CHECK(ids.size() == threads);
    CHECK(ids.contains(std::this_thread::get_id()));
  }
  CHECK_THROWS_AS(run_ordered(items(1), {0, 16, kNoLimit}), std::invalid_argument);
}

TEST_CASE("No more items than the size of the window exist at once") {
  for (const std::size_t window : {1, 2, 10}) {
    Peak in_flight;
    auto work = items(300);
    work.work = [&](Item i) {
      in_flight.add(1);
      sleep_us(i * 7919 % 100);
      return i;
    };
    work.write = [&](Item, Item&&) { in_flight.add(-1); };
    run_ordered(work, {4, window, kNoLimit});
    CHECK(in_flight.now() == 0);
    CHECK(in_flight.most() <= static_cast<std::int64_t>(window));
    if (window == 1) CHECK(in_flight.most() == 1);
  }
}

TEST_CASE("The window does not depend on how slowly results are written") {
  std::atomic<Item> written = 0;
  std::atomic<bool> too_early = false;
  auto work = items(200);
  work.work = [&](Item i) {
    if (i >= written + 11) too_early = true;
    return i;
  };
  work.write = [&](Item, Item&&) {
    sleep_us(50);
    ++written;
  };
  run_ordered(work, {4, 10, kNoLimit});
  CHECK_FALSE(too_early);
}

TEST_CASE("While waiting results fill the budget, only the next item is begun") {
  // The first item is slow. Each result counts as 100 bytes, and 150 bytes may wait.
  std::atomic<int> begun = 0;
  int begun_before_first_write = -1;
  auto work = items(50);
  work.work = [&](Item i) {
    ++begun;
    if (i == 0) sleep_us(50000);
    return i;
  };
  work.result_bytes = [](const Item&) { return std::size_t{100}; };
  work.write = [&](Item i, Item&&) {
    if (i == 0) begun_before_first_write = begun;
  };
  run_ordered(work, {2, 40, 150});
  CHECK(begun == 50);
  CHECK(begun_before_first_write <= 4);
}

TEST_CASE("Items are worked on at the same time only if they fit into the budget") {
  // `expected` threads wait for each other: the test hangs with fewer at once.
  const auto most_at_once = [](std::size_t bytes_each, std::size_t expected) {
    Meeting meeting(expected);
    Peak at_work;
    auto work = items(60);
    work.work = [&](Item i) {
      at_work.add(1);
      meeting.wait();
      sleep_us(100);
      at_work.add(-1);
      return i;
    };
    work.work_bytes = [=](Item) { return bytes_each; };
    run_ordered(work, {4, 32, 100});
    return at_work.most();
  };
  CHECK(most_at_once(60, 1) == 1);
  CHECK(most_at_once(1000, 1) == 1);
  CHECK(most_at_once(40, 2) == 2);
  CHECK(most_at_once(10, 4) == 4);
}

TEST_CASE("A large item waits for room, and later items wait too") {
  Peak bytes;
  const auto size_of = [](Item i) { return std::size_t{i % 10 == 9 ? 90U : 20U}; };
  std::vector<Item> written;
  auto work = items(200);
  work.work = [&](Item i) {
    bytes.add(static_cast<std::int64_t>(size_of(i)));
    sleep_us(i % 7 * 20);
    bytes.add(-static_cast<std::int64_t>(size_of(i)));
    return i;
  };
  work.work_bytes = size_of;
  work.write = [&](Item i, Item&&) { written.push_back(i); };
  run_ordered(work, {4, 16, 100});
  CHECK(written.size() == 200);
  // The next item to write may exceed the budget.
  CHECK(bytes.most() <= 100 + 90);
}

TEST_CASE("Items are begun in order until the last is in the window, then the largest first") {
  const std::vector<std::size_t> sizes = {1, 1, 5, 1, 1, 10};
  const auto begun_with = [&sizes](int threads, std::size_t window) {
    Meeting meeting(2);
    std::mutex mutex;
    std::vector<Item> begun;
    auto work = items(sizes.size());
    work.work = [&](Item i) {
      {
        const std::lock_guard guard(mutex);
        begun.push_back(i);
      }
      if (threads > 1) meeting.wait();
      return i;
    };
    work.work_bytes = [&sizes](Item i) { return sizes[i]; };
    run_ordered(work, {threads, window, kNoLimit});
    return begun;
  };
  const auto all = begun_with(2, 6);
  CHECK(std::set<Item>(all.begin(), all.begin() + 2) == std::set<Item>{2, 5});
  const auto some = begun_with(2, 3);
  CHECK(std::set<Item>(some.begin(), some.begin() + 2) == std::set<Item>{0, 1});
  // A single thread keeps the order.
  CHECK(begun_with(1, 6) == std::vector<Item>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("An exception ends the run and is thrown again, and no later item is written") {
  for (int threads = 1; threads <= 8; ++threads) {
    std::vector<Item> written;
    auto work = items(100);
    work.work = [](Item i) {
      if (i == 40) throw std::runtime_error("forty");
      return i;
    };
    work.write = [&](Item i, Item&&) { written.push_back(i); };
    CHECK_THROWS_WITH(run_ordered(work, {threads, 16, kNoLimit}), "forty");
    CHECK(written.size() <= 40);
    for (std::size_t i = 0; i < written.size(); ++i) CHECK(written[i] == i);

    Item last = 0;
    auto failing_write = items(100);
    failing_write.write = [&](Item i, Item&&) {
      last = i;
      if (i == 7) throw std::runtime_error("seven");
    };
    CHECK_THROWS_WITH(run_ordered(failing_write, {threads, 16, kNoLimit}), "seven");
    CHECK(last == 7);

    auto failing_estimate = items(100);
    failing_estimate.work_bytes = [](Item i) {
      if (i == 50) throw std::runtime_error("fifty");
      return std::size_t{1};
    };
    CHECK_THROWS_WITH(run_ordered(failing_estimate, {threads, 16, kNoLimit}), "fifty");
  }
}

TEST_CASE("All results are destroyed, written or not, and few exist at once") {
  for (int threads = 1; threads <= 8; ++threads)
    for (const Item fails : {Item{30}, Item{1000}}) {
      std::atomic<int> alive = 0;
      int most = 0;
      OrderedWork<Counted> work;
      work.count = 100;
      work.work = [&](Item i) {
        if (i % 7 == 0) sleep_us(100);
        return Counted(alive);
      };
      work.write = [&](Item i, Counted&&) {
        most = std::max<int>(most, alive);
        if (i == fails) throw std::runtime_error("disk full");
      };
      if (fails < work.count)
        CHECK_THROWS_WITH(run_ordered(work, {threads, 12, kNoLimit}), "disk full");
      else
        run_ordered(work, {threads, 12, kNoLimit});
      CHECK(alive == 0);
      CHECK(most >= 1);
      CHECK(most <= 12 + threads);  // a result exists twice while it is moved into its slot
    }
}

TEST_CASE("Endless work needs little memory, and ends with an exception") {
  for (const int threads : {1, 4}) {
    auto work = items(std::uint64_t{1} << 63);
    Item last = 0;
    work.work_bytes = [](Item) { return std::size_t{1}; };
    work.write = [&](Item i, Item&&) {
      last = i;
      if (i == 5000) throw std::runtime_error("the reader is gone");
    };
    CHECK_THROWS_WITH(run_ordered(work, {threads, 16, kNoLimit}), "the reader is gone");
    CHECK(last == 5000);
  }
}

TEST_CASE("Work without items ends at once") {
  auto work = items(0);
  work.write = [](Item, Item&&) { FAIL("nothing to write"); };
  run_ordered(work, {4, 16, kNoLimit});
  run_ordered(std::vector<OrderedWork<Item>>{}, {4, 16, kNoLimit});
}

TEST_CASE("Pieces of work are written at the same time, each in order") {
  Meeting meeting(3);
  const std::vector<std::uint64_t> counts = {50, 0, 200, 7};
  std::vector<std::vector<Item>> written(counts.size());
  std::vector<OrderedWork<Item>> pieces;
  for (std::size_t n = 0; n < counts.size(); ++n) {
    auto& piece = pieces.emplace_back(items(counts[n]));
    piece.write = [&, n](Item i, Item&&) {
      // Three threads must be in three writes at once.
      if (i == 0) meeting.wait();
      written[n].push_back(i);
    };
  }
  run_ordered(pieces, {4, 16, kNoLimit});
  for (std::size_t n = 0; n < counts.size(); ++n) {
    REQUIRE(written[n].size() == counts[n]);
    for (std::size_t i = 0; i < counts[n]; ++i) REQUIRE(written[n][i] == i);
  }
}

TEST_CASE("All threads work on the last remaining piece") {
  Meeting meeting(4);
  std::vector<OrderedWork<Item>> pieces = {items(1), items(100)};
  pieces[1].work = [&](Item i) {
    if (i >= 50) meeting.wait();
    return i;
  };
  run_ordered(pieces, {4, 16, kNoLimit});
}

TEST_CASE("All threads take part in the shared work of the only item, and no others") {
  Peak busy;
  Meeting meeting(3);
  auto work = items(1);
  work.work = [&](Item i) {
    share_work(100, [&](std::size_t call) {
      busy.add(1);
      if (call < 3) meeting.wait();
      sleep_us(10);
      busy.add(-1);
    });
    return i;
  };
  run_ordered(work, {3, 16, kNoLimit});
  CHECK(busy.most() == 3);
}

TEST_CASE("Shared work is done on this thread outside of a run, and on a run of one thread") {
  const auto here = std::this_thread::get_id();
  std::vector<std::size_t> calls;
  const auto share = [&] {
    share_work(5, [&](std::size_t call) {
      CHECK(std::this_thread::get_id() == here);
      calls.push_back(call);
    });
  };
  share();
  auto work = items(1);
  work.work = [&](Item i) {
    share();
    return i;
  };
  run_ordered(work, {1, 16, kNoLimit});
  share();
  CHECK(calls == std::vector<std::size_t>{0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4});
}

TEST_CASE("An error in shared work ends it, and is thrown where the work was shared") {
  std::atomic<int> caught = 0;
  auto work = items(20);
  work.work = [&](Item i) {
    std::atomic<int> in_progress = 0;
    try {
      share_work(50, [&](std::size_t call) {
        ++in_progress;
        sleep_us(call);
        --in_progress;
        if (call == 7) throw std::runtime_error("the seventh");
      });
    } catch (const std::runtime_error&) {
      if (in_progress == 0) ++caught;
    }
    return i;
  };
  run_ordered(work, {4, 16, kNoLimit});
  CHECK(caught == 20);
}

TEST_CASE("No combination of threads, window, budget and speed loses an item or the order") {
  mmgym::RandomStream random(20);
  for (int round = 0; round < 300; ++round) {
    const auto below = [&](double most) {
      return static_cast<std::uint64_t>(random.uniform(0, most));
    };
    const WorkLimits limits = {1 + static_cast<int>(below(8)), 1 + below(20), below(200)};
    const std::uint64_t seed = below(1000);
    const auto noise = [seed](Item i) { return (i + seed) * 2654435761U >> 7 & 127; };
    const Item fails = below(2) == 0 ? below(120) : 1000;
    std::atomic<int> alive = 0;
    std::vector<std::vector<Item>> written(1 + below(4));
    std::vector<OrderedWork<Counted>> pieces;
    std::uint64_t total = 0;
    for (std::size_t n = 0; n < written.size(); ++n) {
      auto& piece = pieces.emplace_back();
      piece.count = below(80);
      total += piece.count;
      piece.work = [&, noise](Item i) {
        if (noise(i) < 30) sleep_us(noise(i));
        std::atomic<std::size_t> calls = 0;
        share_work(noise(i) % 8, [&](std::size_t call) {
          sleep_us(call);
          ++calls;
        });
        if (calls != noise(i) % 8) throw std::logic_error("a call is missing");
        if (i == fails) throw std::runtime_error("fails");
        return Counted(alive);
      };
      piece.work_bytes = noise;
      piece.result_bytes = [seed](const Counted&) { return seed % 60; };
      piece.write = [&, n, noise](Item i, Counted&&) {
        if (noise(i) > 100) sleep_us(noise(i) / 2);
        written[n].push_back(i);
      };
    }
    bool failed = false;
    try {
      run_ordered(pieces, limits);
    } catch (const std::runtime_error&) {
      failed = true;
    }
    bool should_fail = false;
    for (const auto& piece : pieces) should_fail = should_fail || piece.count > fails;
    REQUIRE(failed == should_fail);
    REQUIRE(alive == 0);
    std::uint64_t sum = 0;
    for (const auto& list : written) {
      for (std::size_t i = 0; i < list.size(); ++i) REQUIRE(list[i] == i);
      sum += list.size();
    }
    if (!failed) REQUIRE(sum == total);
  }
}
