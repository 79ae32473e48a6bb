#include "shards/sample_pipeline.h"

#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <mutex>
#include <utility>
#include <vector>

namespace mmgym {
namespace {

/// The records on their way from make to write. They stay here while TBB passes their positions on,
/// because it forgets to destroy what is on its way when an exception ends a pipeline. Positions
/// enter and leave in order, so those on their way follow each other, and no two have the same
/// place.
class RecordsInFlight {
 public:
  RecordsInFlight(std::uint64_t first, std::size_t most) : next_(first), records_(most) {}
  ~RecordsInFlight() { leave(); }

  std::uint64_t enter() {
    const std::lock_guard guard(mutex_);
    return next_++;
  }
  void put(std::uint64_t position, SampleRecord&& record) {
    const std::lock_guard guard(mutex_);
    records_[position % records_.size()] = std::move(record);
  }
  SampleRecord take(std::uint64_t position) {
    const std::lock_guard guard(mutex_);
    return std::exchange(records_[position % records_.size()], SampleRecord());
  }
  /// After what was done with a record, or with all. TBB lets one thread write after the other, and
  /// go on when all have, but only a lock of ours shows ThreadSanitizer that it does.
  void leave() { const std::lock_guard guard(mutex_); }

 private:
  std::mutex mutex_;
  std::uint64_t next_;
  std::vector<SampleRecord> records_;
};

}  // namespace

void run_pipeline(std::uint64_t first, std::uint64_t last, std::size_t in_flight,
                  const std::function<SampleRecord(std::uint64_t)>& make,
                  const std::function<void(const SampleRecord&)>& write) {
  RecordsInFlight records(first, in_flight);
  const auto next_position = [&](tbb::flow_control& control) {
    const std::uint64_t position = records.enter();
    if (position >= last) control.stop();
    return position;
  };
  const auto make_at = [&](std::uint64_t position) {
    records.put(position, make(position));
    return position;
  };
  const auto write_at = [&](std::uint64_t position) {
    write(records.take(position));
    records.leave();
  };
  // A thread that waits for others here must not begin other work, such as another shard, which
  // would keep this one waiting.
  tbb::this_task_arena::isolate([&] {
    using Position = std::uint64_t;
    using tbb::filter_mode;
    tbb::parallel_pipeline(
        in_flight, tbb::make_filter<void, Position>(filter_mode::serial_in_order, next_position) &
                       tbb::make_filter<Position, Position>(filter_mode::parallel, make_at) &
                       tbb::make_filter<Position, void>(filter_mode::serial_in_order, write_at));
  });
}

}  // namespace mmgym
