#include "base/fork_gate.h"

#include <pthread.h>

#include <condition_variable>
#include <mutex>

namespace mmgym {
namespace {

struct State {
  std::mutex mutex;
  std::condition_variable changed;
  int inside = 0;
  bool closed = false;
};

/// Never destroyed: threads may still run when the program exits.
State* current = new State();
State& state() { return *current; }

void close_gate() {
  std::unique_lock lock(state().mutex);
  state().closed = true;
  state().changed.wait(lock, [] { return state().inside == 0; });
  lock.release();  // no section begins until fork() has returned
}

void open_gate() {
  state().closed = false;
  state().mutex.unlock();
  state().changed.notify_all();
}

/// The copied condition variable may count threads of the parent that wait.
void make_gate() { current = new State(); }

}  // namespace

ForkGate::Section::Section() {
  std::unique_lock lock(state().mutex);
  state().changed.wait(lock, [] { return !state().closed; });
  ++state().inside;
}

ForkGate::Section::~Section() {
  bool last = false;
  {
    const std::lock_guard guard(state().mutex);
    last = --state().inside == 0 && state().closed;
  }
  if (last) state().changed.notify_all();
}

void ForkGate::install() {
  static const int installed = pthread_atfork(close_gate, open_gate, make_gate);
  static_cast<void>(installed);
}

}  // namespace mmgym
