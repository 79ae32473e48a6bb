#include "progress.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cmath>

#include "messages.h"

namespace mmgym {
namespace {

std::string duration(double seconds) {
  const auto total = std::llround(seconds);
  if (total >= 3600) return fmt::format("{}h{:02}m", total / 3600, total / 60 % 60);
  return fmt::format("{}:{:02}", total / 60, total % 60);
}

}  // namespace

Progress::Progress(const CommonOptions& options, std::string unit)
    : unit_(std::move(unit)),
      enabled_(options.progress == "always" || (options.progress == "auto" && !options.quiet)),
      terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() { clear(); }

void Progress::update(std::uint64_t done, std::uint64_t total) {
  if (!enabled_) return;
  const auto now = Clock::now();
  if (start_ == Clock::time_point{}) {
    start_ = now;
    first_done_ = done;
    next_ = now + (terminal_ ? std::chrono::milliseconds(300) : std::chrono::seconds(5));
  }
  if (now < next_) return;
  next_ = now + (terminal_ ? std::chrono::milliseconds(200) : std::chrono::seconds(5));
  const std::string line = text(done, total, now);
  print_raw_message(terminal_ ? "\r" + line + "\033[K" : line + "\n");
  shown_ = terminal_;
}

void Progress::clear() {
  if (!shown_) return;
  print_raw_message("\r\033[K");
  shown_ = false;
}

std::string Progress::text(std::uint64_t done, std::uint64_t total, Clock::time_point now) const {
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done - first_done_) / seconds;
  std::string line;
  if (terminal_) {
    constexpr std::uint64_t kWidth = 30;
    const auto filled = static_cast<std::size_t>(kWidth * done / total);
    line = fmt::format("[{}{}] ", std::string(filled, '#'), std::string(kWidth - filled, ' '));
  }
  const double left = rate > 0 ? static_cast<double>(total - done) / rate : 0;
  return line +
         fmt::format("{}/{} {}, {:.1f}/s, {} left", done, total, unit_, rate, duration(left));
}

}  // namespace mmgym
