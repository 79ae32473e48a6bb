#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace mmgym {

/// A row of a histogram: how many there are of what the label says.
struct Bar {
  std::string label;
  std::int64_t count = 0;
};

/// One bar for each value from the least to the greatest, and of those in between that do not occur
/// too. Where these would be more than `most_bars`, each bar stands for a range of values, twice as
/// wide as the one before: 0, 1, 2-3, 4-7, ...
std::vector<Bar> bars_of(const std::map<std::int64_t, std::int64_t>& counts,
                         std::size_t most_bars = 21);

/// The bars as lines of text: label, count, share of all, and a row of blocks whose length goes by
/// the count, the longest being `width`. Any count but 0 shows something.
std::string draw_bars(const std::vector<Bar>& bars, int width = 40);

}  // namespace mmgym
