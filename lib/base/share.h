#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mmgym {

/// One of several shares: every `count`-th item, from item `number` on. Together, the shares have
/// each item once.
struct Share {
  std::uint64_t number = 0;  // from 0 to count - 1
  std::uint64_t count = 1;

  bool contains(std::uint64_t item) const { return item % count == number; }
  bool is_all() const { return count == 1; }
  /// "number/count".
  std::string text() const;
};

/// Reads the value of a flag, "k/n" with k less than n. Throws UsageError.
Share parse_share(std::string_view flag, std::string_view text);

}  // namespace mmgym
