#include "pipeline/sample_pipeline.h"

#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

namespace mmgym {

void run_pipeline(std::uint64_t first, std::uint64_t last, std::size_t in_flight,
                  const std::function<SampleRecord(std::uint64_t)>& make,
                  const std::function<void(const SampleRecord&)>& write) {
  std::uint64_t next = first;
  const auto position = [&next, last](tbb::flow_control& control) -> std::uint64_t {
    if (next == last) {
      control.stop();
      return 0;
    }
    return next++;
  };
  // A thread that waits for others here must not begin other work, such as another shard, which
  // would keep this one waiting.
  tbb::this_task_arena::isolate([&] {
    using tbb::filter_mode;
    tbb::parallel_pipeline(
        in_flight, tbb::make_filter<void, std::uint64_t>(filter_mode::serial_in_order, position) &
                       tbb::make_filter<std::uint64_t, SampleRecord>(filter_mode::parallel, make) &
                       tbb::make_filter<SampleRecord, void>(filter_mode::serial_in_order, write));
  });
}

}  // namespace mmgym
