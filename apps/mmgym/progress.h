#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "common_options.h"

namespace mmgym {

/// Shows the progress of long work on standard error: a bar with rate and time left on a terminal,
/// a line every few seconds elsewhere.
class Progress {
 public:
  /// `unit` names the items that are counted, in the plural.
  Progress(const CommonOptions& options, std::string unit);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Rate and time left ignore the items that were done before the first update, because work that
  /// continues after an interruption starts in the middle.
  void update(std::uint64_t done, std::uint64_t total);

  /// Removes the bar from the terminal, so that a message can be printed.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::string text(std::uint64_t done, std::uint64_t total, Clock::time_point now) const;

  std::string unit_;
  bool enabled_;
  bool terminal_;
  bool shown_ = false;
  std::uint64_t first_done_ = 0;
  Clock::time_point start_;  // zero before the first update
  Clock::time_point next_;
};

}  // namespace mmgym
