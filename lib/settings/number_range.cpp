#include "settings/number_range.h"

#include <array>
#include <charconv>
#include <cmath>

namespace mmgym {
namespace {

std::string description(const NumberRange& range) {
  const bool has_least = std::isfinite(range.least);
  const bool has_most = std::isfinite(range.most);
  if (range.least_excluded && range.least == 0 && !has_most) return "a positive number";
  std::string text = "a number";
  if (has_least) text += (range.least_excluded ? " above " : " from ") + number_text(range.least);
  if (has_most) return text + " to " + number_text(range.most);
  return has_least && !range.least_excluded ? text + " on" : text;
}

}  // namespace

void check_number(double value, const NumberRange& range) {
  if (!std::isfinite(value) || !range.contains(value))
    throw UsageError(number_text(value) + " is not " + description(range));
}

double read_number(std::string_view text, const NumberRange& range) {
  double value = 0;
  if (!parse_number(text, value) || !std::isfinite(value) || !range.contains(value))
    throw UsageError("'" + std::string(text) + "' is not " + description(range));
  return value;
}

std::string number_text(double value) {
  std::array<char, 32> text;
  const auto result = std::to_chars(text.data(), text.data() + text.size(), value);
  return std::string(text.data(), result.ptr);
}

}  // namespace mmgym
