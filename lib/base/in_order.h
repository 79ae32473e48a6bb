#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace mmgym {

/// How much run_in_order may take on.
struct InOrderLimits {
  int threads = 1;
  /// Items that may be worked on, or wait to be written, at once.
  std::size_t window = 16;
  /// No further item is begun while results that wait take up more than this.
  std::size_t waiting_bytes = std::size_t{1} << 30;
};

/// Works on items 0 ... count - 1 with several threads and writes the results one at a time in
/// their order. Items are begun in that order too, until the last has come into the window: of what
/// is left then the costliest is begun first, so that a large one at the end does not leave the
/// other threads idle. Memory depends on the limits, not on the count.
///
///     cost(i)          how long item i may take, in any unit
///     work(i)          the Result of item i; runs in several threads
///     size(result)     about how many bytes a result takes up while it waits
///     write(i, result) in order, never two at once
///
/// The first exception that work or write throws ends the run and is thrown again here; what came
/// before it in order has been written or not, and nothing after it is.
template <typename Result>
class InOrder {
 public:
  using Cost = std::function<std::size_t(std::size_t)>;
  using Work = std::function<Result(std::size_t)>;
  using Size = std::function<std::size_t(const Result&)>;
  using Write = std::function<void(std::size_t, Result&&)>;

  InOrder(std::size_t count, const InOrderLimits& limits, Cost cost, Work work, Size size,
          Write write)
      : count_(count),
        limits_(limits),
        cost_(std::move(cost)),
        work_(std::move(work)),
        size_(std::move(size)),
        write_(std::move(write)) {}

  void run() {
    {
      std::vector<std::jthread> threads;
      for (int i = 1; i < limits_.threads; ++i) threads.emplace_back([this] { serve(); });
      serve();
    }
    if (error_) std::rethrow_exception(error_);
  }

 private:
  enum class State { free, begun, done };
  struct Item {
    State state = State::free;
    Result result{};
  };

  void serve() {
    std::unique_lock lock(mutex_);
    while (!error_ && written_ < count_) {
      const auto next = items_.find(written_);
      if (!writing_ && next != items_.end() && next->second.state == State::done) {
        write_next(lock);
        continue;
      }
      fill_window();
      const auto chosen = choose();
      if (chosen == items_.end()) {
        changed_.wait(lock);
        continue;
      }
      work_on(chosen, lock);
    }
    changed_.notify_all();
  }

  void fill_window() {
    while (admitted_ < count_ && admitted_ < written_ + limits_.window) items_[admitted_++];
  }

  /// The next of the items that nobody works on. While too much waits, only the one that the
  /// writing waits for may be begun.
  typename std::map<std::size_t, Item>::iterator choose() {
    const bool is_end = admitted_ == count_;
    auto best = items_.end();
    for (auto item = items_.begin(); item != items_.end(); ++item) {
      if (item->second.state != State::free) continue;
      if (waiting_bytes_ > limits_.waiting_bytes && item->first != written_) continue;
      if (!is_end) return item;
      if (best == items_.end() || cost_(item->first) > cost_(best->first)) best = item;
    }
    return best;
  }

  void work_on(typename std::map<std::size_t, Item>::iterator item,
               std::unique_lock<std::mutex>& lock) {
    item->second.state = State::begun;
    lock.unlock();
    try {
      Result result = work_(item->first);
      lock.lock();
      waiting_bytes_ += size_(result);
      item->second.result = std::move(result);
      item->second.state = State::done;
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      if (!error_) error_ = std::current_exception();
    }
    changed_.notify_all();
  }

  void write_next(std::unique_lock<std::mutex>& lock) {
    const std::size_t i = written_;
    Result result = std::move(items_.at(i).result);
    items_.erase(i);
    writing_ = true;
    lock.unlock();
    const std::size_t bytes = size_(result);
    try {
      write_(i, std::move(result));
      lock.lock();
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      if (!error_) error_ = std::current_exception();
    }
    waiting_bytes_ -= bytes;
    writing_ = false;
    ++written_;
    changed_.notify_all();
  }

  std::size_t count_;
  InOrderLimits limits_;
  Cost cost_;
  Work work_;
  Size size_;
  Write write_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::map<std::size_t, Item> items_;  // the window
  std::size_t admitted_ = 0;
  std::size_t written_ = 0;
  std::size_t waiting_bytes_ = 0;
  bool writing_ = false;
  std::exception_ptr error_;
};

}  // namespace mmgym
