#pragma once

#include <string>
#include <vector>

#include "base/stage_timer.h"

namespace mmgym {

/// What is shown as a process: an experiment, or a build.
struct TracedRun {
  std::string name;
  std::vector<ThreadEvents> threads;
};

/// Returns the events of runs in Chrome's trace-event format (JSON), for https://ui.perfetto.dev
/// and chrome://tracing. The object:
///
///     displayTimeUnit  "ms"
///     traceEvents      a list. First the names of each run and thread:
///                        {"ph": "M", "name": "process_name", "pid": 1, "tid": 0,
///                         "args": {"name": "16A with index"}}
///                        {"ph": "M", "name": "thread_name", "pid": 1, "tid": 1,
///                         "args": {"name": "worker 1"}}
///                      Then an event for each run of a stage:
///                        {"ph": "X", "name": "frames", "cat": "stage", "pid": 1, "tid": 1,
///                         "ts": 12.345, "dur": 0.678}
///                      ts and dur are in microseconds; ts starts at 0. Events of a thread are
///                      sorted by start, outer events before inner ones.
std::string chrome_trace(const std::vector<TracedRun>& runs);

}  // namespace mmgym
