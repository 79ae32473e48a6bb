#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "common_options.h"

namespace mmgym {

/// Shows how far long work is, on standard error: a bar with rate and time left on a terminal, a
/// line every few seconds elsewhere.
class Progress {
 public:
  /// `unit` is what is counted, in the plural.
  Progress(const CommonOptions& options, std::string unit);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::uint64_t done, std::uint64_t total);

  /// Takes the bar off the terminal, so that a message can be printed.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::string text(std::uint64_t done, std::uint64_t total, double seconds) const;

  std::string unit_;
  bool enabled_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
};

}  // namespace mmgym
