#pragma once

#include <concepts>
#include <limits>
#include <string>
#include <string_view>

#include "base/errors.h"
#include "base/text.h"

namespace mmgym {

/// The valid numbers of a flag or parameter.
struct NumberRange {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool least_excluded = false;

  bool contains(double value) const {
    return (least_excluded ? value > least : value >= least) && value <= most;
  }
};

inline constexpr NumberRange kPositive = {0, std::numeric_limits<double>::infinity(), true};
inline constexpr NumberRange kNotNegative = {0};
inline constexpr NumberRange kFraction = {0, 1};

/// Returns read(). Puts the flag in front of the text of a UsageError that it throws.
template <typename Read>
auto read_flag(const std::string& flag, Read read) {
  try {
    return read();
  } catch (const UsageError& error) {
    throw UsageError(flag + ": " + error.what());
  }
}

/// Throws UsageError ("-1 is not a positive number") unless the number is finite and in the range.
void check_number(double value, const NumberRange& range);

/// Reads a finite number in decimal notation, such as 0.5 or 2e-3, from the whole text. Throws
/// UsageError ("'x' is not a number from 0 to 1").
double read_number(std::string_view text, const NumberRange& range);

/// Returns the shortest text that is read as this number.
std::string number_text(double value);

/// Reads a whole number in decimal notation; 010 is ten. Throws UsageError ("'-1' is not a whole
/// number from 0 on").
template <std::integral T>
T read_whole_number(std::string_view text, T least, T most) {
  T value = 0;
  if (parse_number(text, value) && value >= least && value <= most) return value;
  const std::string end =
      most == std::numeric_limits<T>::max() ? " on" : " to " + std::to_string(most);
  throw UsageError("'" + std::string(text) + "' is not a whole number from " +
                   std::to_string(least) + end);
}

}  // namespace mmgym
