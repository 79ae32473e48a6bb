#include "info/value_range.h"

#include <algorithm>

namespace mmgym {

ValueRange value_range(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return {values.size(), values.front(), values[values.size() / 2], values.back()};
}

}  // namespace mmgym
