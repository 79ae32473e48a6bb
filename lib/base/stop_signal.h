#pragma once

#include "base/errors.h"

namespace mmgym {

/// The user or the system stopped the run by a signal. The program cleans up, prints what(), and
/// ends by the same signal.
class Stopped : public Error {
 public:
  Stopped(int signal, const std::string& what) : Error(what), signal_(signal) {}

  int signal() const { return signal_; }

 private:
  int signal_;
};

/// From now on, the first SIGINT or SIGTERM only sets stop_signal(), so that the work can end where
/// it can be continued. The second ends the program at once. A signal that is ignored stays ignored
/// (nohup, background jobs of a shell script).
void catch_stop_signals();

/// The signal that came; 0 if there was none. Always 0 without catch_stop_signals().
int stop_signal();

/// Throws Stopped if a signal came. Long work calls this between its units.
void throw_if_stopped();

}  // namespace mmgym
