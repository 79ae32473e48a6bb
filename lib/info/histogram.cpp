#include "info/histogram.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace mmgym {
namespace {

/// Returns a bar of this many eighths of a character, made of Unicode block elements.
std::string blocks(int eighths) {
  static constexpr std::array<const char*, 8> kParts = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  std::string text;
  for (int i = 0; i < eighths / 8; ++i) text += "█";
  return text + kParts[static_cast<std::size_t>(eighths % 8)];
}

}  // namespace

std::vector<Bar> bars_of(const std::map<std::int64_t, std::int64_t>& counts,
                         std::size_t most_bars) {
  std::vector<Bar> bars;
  if (counts.empty()) return bars;
  const std::int64_t least = counts.begin()->first;
  const std::int64_t greatest = counts.rbegin()->first;
  const bool doubling = static_cast<std::uint64_t>(greatest - least) >= most_bars;
  // The histogram starts at the first nonempty range.
  std::int64_t first = doubling ? 0 : least;
  while (first <= greatest) {
    const std::int64_t next = doubling ? std::max<std::int64_t>(first + 1, 2 * first) : first + 1;
    Bar bar{next == first + 1 ? fmt::format("{}", first) : fmt::format("{}-{}", first, next - 1),
            0};
    for (auto it = counts.lower_bound(first); it != counts.end() && it->first < next; ++it)
      bar.count += it->second;
    if (bar.count > 0 || !bars.empty()) bars.push_back(bar);
    first = next;
  }
  return bars;
}

std::string draw_bars(const std::vector<Bar>& bars, int width) {
  std::size_t label_width = 0;
  std::int64_t most = 0;
  std::int64_t total = 0;
  for (const Bar& bar : bars) {
    label_width = std::max(label_width, printable(bar.label).size());
    most = std::max(most, bar.count);
    total += bar.count;
  }
  const std::size_t count_width = fmt::formatted_size("{}", most);
  std::string text;
  for (const Bar& bar : bars) {
    const std::string label = printable(bar.label);
    const double part = most == 0 ? 0 : static_cast<double>(bar.count) / static_cast<double>(most);
    const int eighths = static_cast<int>(std::ceil(part * width * 8));
    const double share =
        total == 0 ? 0 : 100 * static_cast<double>(bar.count) / static_cast<double>(total);
    text += fmt::format("  {:>{}}  {:>{}}  {:>4.1f}%  {}\n", label, label_width, bar.count,
                        count_width, share, blocks(eighths));
  }
  return text;
}

}  // namespace mmgym
