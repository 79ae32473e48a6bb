#pragma once

#include <cstddef>
#include <vector>

namespace mmgym {

/// The spread of some numbers.
struct ValueRange {
  std::size_t count = 0;
  double low = 0;
  double median = 0;
  double high = 0;
};

/// Returns the range of the values; all zeros if there are none.
ValueRange value_range(std::vector<double> values);

}  // namespace mmgym
