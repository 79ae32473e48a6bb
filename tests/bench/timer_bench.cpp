// Measures the cost of stage timers. Makes the same samples alternately with and without timers.
//
//     mmgym_timer_bench GYM.SQLITE [ROUNDS]
//
// Prints medians over rounds of 64 samples of 16A, the smallest preset, for which the share of
// timers is largest. A timer that is off is a comparison with nullptr, which is measured
// separately.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sampling/sample_maker.h"
#include "sampling/zone_choice.h"

using namespace mmgym;

namespace {

using Clock = StageTimes::Clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Volatile, so that each timer reads it.
StageTimes* volatile times_or_none = nullptr;

/// Returns the nanoseconds of a timer.
double timer_ns(StageTimes* times) {
  constexpr int kTimers = 1'000'000;
  times_or_none = times;
  const auto start = Clock::now();
  for (int i = 0; i < kTimers; ++i) const StageTimer timer(times_or_none, Stage::frames);
  return 1e9 * seconds_since(start) / kTimers;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: mmgym_timer_bench GYM.SQLITE [ROUNDS]\n");
    return 2;
  }
  constexpr std::uint64_t kSamples = 64;
  const int rounds = argc > 2 ? std::stoi(argv[2]) : 100;
  GymReader reader(argv[1]);
  const auto zones = choose_zones(reader, "all");
  SampleMaker maker(argv[1], zones, preset("16A"));
  Sample sample;
  StageTimes times;
  std::vector<double> without;
  std::vector<double> with;
  std::vector<double> ratios;
  for (int round = 0; round <= rounds; ++round) {
    for (const bool timed : {round % 2 == 0, round % 2 != 0}) {
      const auto start = Clock::now();
      for (std::uint64_t i = 0; i < kSamples; ++i) {
        StageTimes* const here = timed ? &times : nullptr;
        const StageTimer timer(here, Stage::sample);
        maker.make(i * 7919, sample, here);
      }
      (timed ? with : without).push_back(seconds_since(start) / kSamples);
    }
    ratios.push_back(with.back() / without.back());
    if (round == 0) {  // warm-up
      with.clear();
      without.clear();
      ratios.clear();
    }
  }
  StageTimes one;
  fmt::print("a timer: {:.1f} ns on, {:.1f} ns off\n", timer_ns(&one), timer_ns(nullptr));
  fmt::print("a sample: {:.2f} us with timers, {:.2f} us without; ratio {:.4f}\n",
             1e6 * median(with), 1e6 * median(without), median(ratios));
}
