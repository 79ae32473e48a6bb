#include "shards/stream_samples.h"

#include <tbb/global_control.h>

#include "shards/sample_pipeline.h"
#include "shards/tar.h"
#include "shards/write_sample.h"

namespace mmgym {

void stream_samples(const RunOptions& options, ByteSink& sink) {
  SampleRun run(options, false);
  TarWriter tar(sink);
  std::uint64_t written = 0;
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.threads));
  run_pipeline(
      0, run.count(), run.in_flight(),
      [&run](std::uint64_t position) { return run.make(position); },
      [&](const SampleRecord& sample) {
        write_sample(tar, sample);
        options.on_progress(++written, run.count());
      });
  tar.finish();
}

}  // namespace mmgym
