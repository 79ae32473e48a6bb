#include "base/fork_gate.h"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "catch.h"

using mmgym::ForkGate;

TEST_CASE("A forked process finds no lock that a section of the parent had locked") {
  ForkGate::install();
  std::mutex mutex;  // as in a library that does not expect fork()
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&] {
      while (!done) {
        const ForkGate::Section section;
        const std::lock_guard guard(mutex);
      }
    });
  int free = 0;
  constexpr int kForks = 50;
  for (int i = 0; i < kForks; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      const ForkGate::Section section;
      _exit(mutex.try_lock() ? 0 : 1);
    }
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    if (status == 0) ++free;
  }
  done = true;
  for (auto& thread : threads) thread.join();
  CHECK(free == kForks);
}
