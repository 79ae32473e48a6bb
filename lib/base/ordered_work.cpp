#include "base/ordered_work.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "base/stop_signal.h"

namespace mmgym {
namespace {

/// The state of one sequence. Items from `written` to `end()` are in its window.
class Sequence {
 public:
  explicit Sequence(const OrderedSteps& its_steps) : steps(its_steps), slots_(its_steps.slots) {}

  enum class State { free, begun, done };
  struct Slot {
    State state = State::free;
    std::size_t bytes = 0;  // of the work while it is begun, of the result when it is done
  };

  const OrderedSteps& steps;
  std::uint64_t written = 0;  // number of results written, which is the next item to write
  bool writing = false;       // a thread writes the result of item `written`
  std::size_t unwritten = 0;  // items begun and not written

  Slot& slot(std::uint64_t item) { return slots_[item % slots_.size()]; }
  const Slot& slot(std::uint64_t item) const { return slots_[item % slots_.size()]; }

  bool finished() const { return written == steps.count; }
  bool can_write() const { return !writing && !finished() && slot(written).state == State::done; }

  std::size_t work_bytes(std::uint64_t item) const {
    return steps.work_bytes ? steps.work_bytes(item) : 0;
  }

  /// The item to begin next, of those for which may_begin(item) holds.
  template <typename MayBegin>
  std::optional<std::uint64_t> next_item(bool largest_first, const MayBegin& may_begin) const {
    const std::uint64_t end = written + std::min<std::uint64_t>(steps.count - written, steps.slots);
    if (end < steps.count || !largest_first || !steps.work_bytes)
      return next_ < end && may_begin(next_) ? std::optional(next_) : std::nullopt;
    std::optional<std::uint64_t> largest;
    std::size_t most_bytes = 0;
    for (std::uint64_t item = next_; item < end; ++item) {
      if (slot(item).state != State::free || !may_begin(item)) continue;
      const std::size_t bytes = work_bytes(item);
      if (largest && bytes <= most_bytes) continue;
      largest = item;
      most_bytes = bytes;
    }
    return largest;
  }

  void begin(std::uint64_t item) {
    slot(item).state = State::begun;
    slot(item).bytes = work_bytes(item);
    ++unwritten;
    while (next_ < written + slots_.size() && slot(next_).state != State::free) ++next_;
  }

 private:
  std::vector<Slot> slots_;
  std::uint64_t next_ = 0;  // all items before it have been begun
};

/// Calls of share_work() that are made by several threads.
struct SharedCalls {
  std::size_t count;
  const std::function<void(std::size_t)>& work;
  std::size_t next = 0;
  int begun = 0;  // calls that have not ended
  std::condition_variable all_ended = {};
  std::size_t failed = 0;  // the first call that has thrown `error`
  std::exception_ptr error = {};

  bool is_left() const { return next < count && !error; }
};

class Run;
/// The run of which this thread does an item.
thread_local Run* the_run = nullptr;

class Run {
 public:
  Run(const std::vector<OrderedSteps>& sequences, const WorkLimits& limits) : limits_(limits) {
    for (const auto& steps : sequences) {
      sequences_.emplace_back(steps);
      unfinished_ += steps.count > 0 ? 1 : 0;
    }
  }

  void run() {
    {
      std::vector<std::jthread> threads;
      try {
        for (int i = 1; i < limits_.threads; ++i) threads.emplace_back([this] { serve(); });
      } catch (...) {  // the system has no more threads
        stop(std::current_exception());
      }
      serve();
    }
    if (error_) std::rethrow_exception(error_);
  }

  void share(SharedCalls& calls) {
    std::unique_lock lock(mutex_);
    shared_.push_back(&calls);
    if (idle_ > 0) changed_.notify_all();
    make_calls(calls, lock);
    calls.all_ended.wait(lock, [&calls] { return calls.begun == 0; });
    std::erase(shared_, &calls);
    if (calls.error) std::rethrow_exception(calls.error);
  }

  int threads() const { return limits_.threads; }

 private:
  struct Task {
    Sequence* sequence;
    std::uint64_t item;
    bool is_write;
  };

  void serve() noexcept {
    Run* const outer = std::exchange(the_run, this);
    try {
      do_tasks();
    } catch (...) {
      stop(std::current_exception());
    }
    the_run = outer;
  }

  void do_tasks() {
    std::unique_lock lock(mutex_);
    while (!error_ && unfinished_ > 0) {
      throw_if_stopped();
      const auto task = find_task();
      if (!task) {
        const auto calls = std::find_if(shared_.begin(), shared_.end(),
                                        [](const auto* shared) { return shared->is_left(); });
        if (calls != shared_.end()) {
          make_calls(**calls, lock);
          continue;
        }
        ++idle_;
        changed_.wait(lock);
        --idle_;
        continue;
      }
      begin(*task);
      // A thread takes the next task itself and wakes one other thread if there is more. That
      // thread does the same.
      const bool is_more = idle_ > 0 && find_task();
      lock.unlock();
      if (is_more) changed_.notify_one();
      const auto& steps = task->sequence->steps;
      std::size_t result_bytes = 0;
      if (task->is_write)
        steps.write(task->item);
      else
        result_bytes = steps.work(task->item);
      lock.lock();
      end(*task, result_bytes);
    }
    changed_.notify_all();
  }

  static void make_calls(SharedCalls& calls, std::unique_lock<std::mutex>& lock) {
    while (calls.is_left()) {
      const std::size_t i = calls.next++;
      ++calls.begun;
      lock.unlock();
      std::exception_ptr error;
      try {
        calls.work(i);
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      if (error && (!calls.error || i < calls.failed)) {
        calls.error = error;
        calls.failed = i;
      }
      if (--calls.begun == 0) calls.all_ended.notify_one();
    }
  }

  void stop(std::exception_ptr error) {
    const std::lock_guard guard(mutex_);
    if (!error_) error_ = std::move(error);
    changed_.notify_all();
  }

  std::optional<Task> find_task() {
    for (auto& sequence : sequences_)
      if (sequence.can_write()) return Task{&sequence, sequence.written, true};
    std::optional<Task> best;
    for (auto& sequence : sequences_) {
      if (best && sequence.unwritten >= best->sequence->unwritten) continue;
      const auto item = sequence.next_item(limits_.threads > 1, [&](std::uint64_t i) {
        return i == sequence.written || fits(sequence.work_bytes(i));
      });
      if (item) best = Task{&sequence, *item, false};
    }
    return best;
  }

  bool fits(std::size_t bytes) const {
    return bytes_ <= limits_.bytes && bytes <= limits_.bytes - bytes_;
  }

  void begin(const Task& task) {
    if (task.is_write) {
      task.sequence->writing = true;
    } else {
      task.sequence->begin(task.item);
      bytes_ += task.sequence->slot(task.item).bytes;
    }
  }

  void end(const Task& task, std::size_t result_bytes) {
    Sequence& sequence = *task.sequence;
    auto& slot = sequence.slot(task.item);
    bytes_ -= slot.bytes;
    if (task.is_write) {
      slot = {};
      sequence.writing = false;
      ++sequence.written;
      --sequence.unwritten;
      if (sequence.finished()) --unfinished_;
    } else {
      slot = {Sequence::State::done, result_bytes};
      bytes_ += result_bytes;
    }
  }

  const WorkLimits limits_;
  std::mutex mutex_;  // guards the members below
  std::condition_variable changed_;
  std::vector<Sequence> sequences_;
  std::size_t unfinished_ = 0;  // sequences
  std::size_t bytes_ = 0;       // of all slots
  int idle_ = 0;                // threads that wait
  std::vector<SharedCalls*> shared_;
  std::exception_ptr error_;
};

}  // namespace

void run_steps(const std::vector<OrderedSteps>& sequences, const WorkLimits& limits) {
  if (limits.threads < 1) throw std::invalid_argument("the number of threads must be positive");
  Run(sequences, limits).run();
}

void share_work(std::size_t count, const std::function<void(std::size_t)>& work) {
  if (the_run == nullptr || the_run->threads() == 1 || count < 2) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  SharedCalls calls{count, work};
  the_run->share(calls);
}

}  // namespace mmgym
