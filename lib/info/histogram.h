#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace mmgym {

/// A row of a histogram.
struct Bar {
  std::string label;
  std::int64_t count = 0;
};

/// Returns one bar for each value from the least to the greatest, with empty bars for missing
/// values. If there would be more than `most_bars`, bars are for ranges that double in width: 0, 1,
/// 2-3, 4-7, ...
std::vector<Bar> bars_of(const std::map<std::int64_t, std::int64_t>& counts,
                         std::size_t most_bars = 21);

/// Returns the bars as lines of text: label, count, percentage, and a row of blocks whose length is
/// proportional to the count. The longest row has `width` characters. Every count above 0 is
/// visible.
std::string draw_bars(const std::vector<Bar>& bars, int width = 40);

}  // namespace mmgym
