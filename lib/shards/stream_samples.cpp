#include "shards/stream_samples.h"

#include <exception>

#include "base/errors.h"
#include "base/ordered_work.h"
#include "shards/tar.h"
#include "shards/write_sample.h"

namespace mmgym {

void stream_samples(const RunOptions& options, ByteSink& sink) {
  SampleRun run(options, false);
  options.on_start(run);
  BufferedSink buffer(sink);
  TarWriter tar(buffer);
  auto work = run.samples(run.count(), [](std::uint64_t i) { return i; });
  work.write = [&](std::uint64_t i, SampleRecord&& sample) {
    write_sample(tar, sample);
    options.on_progress(i + 1, run.count());
  };
  try {
    run_ordered(std::move(work), run.limits());
  } catch (...) {
    const auto error = std::current_exception();
    try {
      buffer.flush();  // the samples before the error
    } catch (const Error&) {
      // The first error is the cause.
    }
    std::rethrow_exception(error);
  }
  tar.finish();
  buffer.flush();
}

}  // namespace mmgym
