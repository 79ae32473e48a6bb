#pragma once

#include <cstdint>
#include <limits>
#include <random>

namespace mmgym::testing {

/// The number of random cases that each law is tested with.
inline constexpr int kCases = 10000;

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Random numbers for property tests. A seed gives the same numbers on every machine.
class RandomCases {
 public:
  explicit RandomCases(std::uint64_t seed) : engine_(seed) {}

  double uniform(double lo, double hi) {
    return lo + (hi - lo) * (static_cast<double>(engine_() >> 11) * 0x1p-53);
  }
  /// Returns an integer in [lo, hi].
  int integer(int lo, int hi) {
    return lo + static_cast<int>(engine_() % static_cast<std::uint64_t>(hi - lo + 1));
  }
  /// Returns a number in [lo, hi], often one at which formulas change: a limit or a multiple of
  /// 1/2.
  double special(double lo, double hi) {
    switch (integer(0, 9)) {
      case 0:
        return lo;
      case 1:
        return hi;
      case 2:
        return 0.5 * integer(static_cast<int>(2 * lo), static_cast<int>(2 * hi));
      default:
        return uniform(lo, hi);
    }
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace mmgym::testing
