#include "base/stop_signal.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

#include "base/ordered_work.h"
#include "catch.h"

using namespace mmgym;

namespace {

/// Runs a function in a new process, because signals change the process for good. Returns what
/// waitpid() reports; the process exits with the result of the function.
int in_process(const std::function<bool()>& function) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(function() ? 0 : 1);
  int status = -1;
  ::waitpid(child, &status, 0);
  return status;
}

bool is_stopped() {
  try {
    throw_if_stopped();
    return false;
  } catch (const Stopped& stopped) {
    return stopped.signal() == stop_signal();
  }
}

}  // namespace

TEST_CASE("The first signal asks the work to stop") {
  CHECK(in_process([] {
          catch_stop_signals();
          if (is_stopped()) return false;
          std::raise(SIGTERM);
          return stop_signal() == SIGTERM && is_stopped();
        }) == 0);
}

TEST_CASE("The second signal ends the process at once") {
  const int status = in_process([] {
    catch_stop_signals();
    std::raise(SIGINT);
    std::raise(SIGTERM);
    return true;
  });
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGTERM);
}

TEST_CASE("A signal that is ignored stays ignored") {
  CHECK(in_process([] {
          std::signal(SIGINT, SIG_IGN);
          catch_stop_signals();
          std::raise(SIGINT);
          return stop_signal() == 0;
        }) == 0);
}

TEST_CASE("A signal ends ordered work after the items in progress") {
  CHECK(in_process([] {
          catch_stop_signals();
          std::uint64_t written = 0;
          OrderedWork<int> work;
          work.count = std::uint64_t{1} << 60;
          work.work = [](std::uint64_t i) {
            if (i == 100) std::raise(SIGTERM);
            return 0;
          };
          work.write = [&](std::uint64_t i, int&&) { written = i + 1; };
          try {
            run_ordered(std::move(work), WorkLimits{2, 16});
          } catch (const Stopped&) {
            return written > 50 && written < 200;
          }
          return false;
        }) == 0);
}
