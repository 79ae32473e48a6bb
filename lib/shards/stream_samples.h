#pragma once

#include "base/byte_sink.h"
#include "shards/sample_run.h"

namespace mmgym {

/// Writes the samples of a run as one tar archive, in order. Throws what SampleRun throws; what the
/// sink throws: for a pipe, ReaderGone once its reader has seen enough.
void stream_samples(const RunOptions& options, ByteSink& sink);

}  // namespace mmgym
