#pragma once

#include <string>
#include <vector>

#include "profile/experiment.h"

namespace mmgym {

/// The events of experiments in Chrome's trace-event form (JSON), which https://ui.perfetto.dev and
/// chrome://tracing open. An experiment is a process, and its threads are threads. An object:
///
///     displayTimeUnit  "ms"
///     traceEvents      a list. First the names of each experiment and thread:
///                        {"ph": "M", "name": "process_name", "pid": 1, "tid": 0,
///                         "args": {"name": "16A with index"}}
///                        {"ph": "M", "name": "thread_name", "pid": 1, "tid": 1,
///                         "args": {"name": "worker 1"}}
///                      then an event for each time that a stage ran:
///                        {"ph": "X", "name": "frames", "cat": "stage", "pid": 1, "tid": 1,
///                         "ts": 12.345, "dur": 0.678}
///                      ts and dur in microseconds, ts from the first event of all. Events of a
///                      thread are in the order of their start, an outer one before the inner.
std::string chrome_trace(const std::vector<ExperimentResult>& experiments);

}  // namespace mmgym
