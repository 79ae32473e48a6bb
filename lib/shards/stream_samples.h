#pragma once

#include "base/byte_sink.h"
#include "shards/sample_run.h"

namespace mmgym {

/// Writes the samples of a run as one tar archive, in order. Throws what SampleRun and the sink
/// throw. A pipe throws ReaderGone after its reader has closed it.
void stream_samples(const RunOptions& options, ByteSink& sink);

}  // namespace mmgym
