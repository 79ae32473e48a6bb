#include "base/retries.h"

#include <array>
#include <chrono>
#include <thread>

namespace mmgym {

void with_retries(const std::function<void()>& attempt) {
  using std::chrono::milliseconds;
  constexpr std::array kWaits = {milliseconds(10), milliseconds(100), milliseconds(500)};
  for (const auto wait : kWaits) {
    try {
      return attempt();
    } catch (const MachineError&) {
      std::this_thread::sleep_for(wait);
    }
  }
  attempt();
}

}  // namespace mmgym
