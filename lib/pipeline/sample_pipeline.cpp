#include "pipeline/sample_pipeline.h"

#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <utility>
#include <vector>

namespace mmgym {

void run_pipeline(std::uint64_t first, std::uint64_t last, std::size_t in_flight,
                  const std::function<SampleRecord(std::uint64_t)>& make,
                  const std::function<void(const SampleRecord&)>& write) {
  // Records stay here while their positions go through the pipeline: TBB forgets to destroy what is
  // on its way when an exception ends it. Positions leave in order, so those on their way follow
  // each other, and no two have the same place.
  std::vector<SampleRecord> records(in_flight);
  const auto record = [&](std::uint64_t at) -> SampleRecord& { return records[at % in_flight]; };
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
                       tbb::make_filter<std::uint64_t, std::uint64_t>(filter_mode::parallel,
                                                                      [&](std::uint64_t at) {
                                                                        record(at) = make(at);
                                                                        return at;
                                                                      }) &
                       tbb::make_filter<std::uint64_t, void>(
                           filter_mode::serial_in_order, [&](std::uint64_t at) {
                             write(std::exchange(record(at), SampleRecord()));
                           }));
  });
}

}  // namespace mmgym
