#include "shards/stream_samples.h"

#include "base/ordered_work.h"
#include "shards/tar.h"
#include "shards/write_sample.h"

namespace mmgym {

void stream_samples(const RunOptions& options, ByteSink& sink) {
  SampleRun run(options, false);
  options.on_start(run);
  TarWriter tar(sink);
  auto work = run.samples(run.count(), [](std::uint64_t i) { return i; });
  work.write = [&](std::uint64_t i, SampleRecord&& sample) {
    write_sample(tar, sample);
    options.on_progress(i + 1, run.count());
  };
  run_ordered(std::move(work), run.limits());
  tar.finish();
}

}  // namespace mmgym
