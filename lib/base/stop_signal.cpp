#include "base/stop_signal.h"

#include <atomic>
#include <csignal>

namespace mmgym {
namespace {

// Lock-free, so that a handler can use it.
std::atomic<int> received = 0;
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void on_stop_signal(int signal) {
  if (received.exchange(signal) == 0) return;
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

void catch_stop_signals() {
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction action {};
    if (::sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) continue;
    action = {};
    action.sa_handler = on_stop_signal;
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
  }
}

int stop_signal() { return received.load(std::memory_order_relaxed); }

void throw_if_stopped() {
  if (const int signal = stop_signal(); signal != 0) throw Stopped(signal, "stopped by a signal");
}

}  // namespace mmgym
