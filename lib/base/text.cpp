#include "base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <span>

namespace mmgym {
namespace {

// Not std::isspace and std::tolower, which depend on the locale and are slow.
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// A character at the beginning of a text.
struct Character {
  std::size_t bytes;
  char32_t code;  // 0 if the bytes are not UTF-8
};

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return {1, byte(0)};
  const std::size_t bytes = byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : 2;
  if (byte(0) < 0xc2 || byte(0) > 0xf4 || text.size() < bytes) return {1, 0};
  char32_t code = byte(0) & (0xffU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return {1, 0};
    code = code << 6 | (byte(i) & 0x3fU);
  }
  const bool is_overlong = code < (bytes == 3 ? 0x800U : bytes == 4 ? 0x10000U : 0U);
  const bool is_surrogate = code >= 0xd800 && code < 0xe000;
  if (is_overlong || is_surrogate || code > 0x10ffff) return {1, 0};
  return {bytes, code};
}

bool is_safe(char32_t code) {
  const bool is_control = code < ' ' || (code >= 0x7f && code < 0xa0);
  const bool is_line_end = code == 0x2028 || code == 0x2029;
  const bool is_direction = code == 0x200e || code == 0x200f ||
                            (code >= 0x202a && code <= 0x202e) ||
                            (code >= 0x2066 && code <= 0x2069);
  return !is_control && !is_line_end && !is_direction;
}

std::string escaped(std::string_view text, bool keep_line_feeds) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto [bytes, code] = first_character(text);
    if (is_safe(code) || (keep_line_feeds && code == '\n')) {
      result += text.substr(0, bytes);
    } else if (code == '\n' || code == '\t' || code == '\r') {
      result += code == '\n' ? "\\n" : code == '\t' ? "\\t" : "\\r";
    } else {
      for (const char c : text.substr(0, bytes))
        result += fmt::format("\\x{:02X}", static_cast<unsigned char>(c));
    }
    text.remove_prefix(bytes);
  }
  return result;
}

/// Returns a number like "-12.345": up to 15 digits, with or without a point. A whole number of 15
/// digits and a power of ten up to 10^15 are exact, so their quotient is rounded once, as it
/// should.
std::optional<double> short_decimal(std::string_view value) {
  static constexpr std::array<double, 16> kPowers = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool is_negative = value.starts_with('-');
  if (is_negative) value.remove_prefix(1);
  if (value.size() > kPowers.size()) return std::nullopt;
  std::int64_t digits = 0;
  std::size_t count = 0;
  std::size_t before_point = value.size();
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] >= '0' && value[i] <= '9') {
      digits = 10 * digits + (value[i] - '0');
      ++count;
    } else if (value[i] == '.' && before_point == value.size()) {
      before_point = i;
    } else {
      return std::nullopt;
    }
  }
  if (count == 0 || count == kPowers.size()) return std::nullopt;
  const double number =
      static_cast<double>(digits) / kPowers[count - std::min(before_point, count)];
  return is_negative ? -number : number;
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split_at(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (auto begin = text.begin(); begin != text.end();) {
    begin = std::find_if_not(begin, text.end(), is_space);
    const auto end = std::find_if(begin, text.end(), is_space);
    if (begin != end) words.emplace_back(&*begin, static_cast<std::size_t>(end - begin));
    begin = end;
  }
  return words;
}

std::string printable(std::string_view text) { return escaped(text, false); }

std::string printable_lines(std::string_view text) { return escaped(text, true); }

std::string first_names(const std::vector<std::string>& names, std::size_t all) {
  constexpr std::size_t kMost = 5;
  const auto shown = std::span(names).first(std::min(names.size(), kMost));
  return fmt::format("{}{}", fmt::join(shown, ", "), all > shown.size() ? ", ..." : "");
}

std::string bytes_text(std::uint64_t bytes) {
  static constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1000 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", value, kUnits[unit]);
}

double decimal_number(std::string_view value) {
  if (const auto number = short_decimal(value)) return *number;
  constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
  if (value.starts_with('+')) {
    value.remove_prefix(1);
    if (value.starts_with('-')) return kNoNumber;
  }
  double number = 0;
  const char* const end = value.data() + value.size();
  const auto [rest, error] = std::from_chars(value.data(), end, number);
  // Too small a number is 0 or nearly, too large a number is infinite.
  if (error == std::errc::result_out_of_range)
    number = std::strtod(std::string(value).c_str(), nullptr);
  // from_chars also reads "nan" and "inf".
  if (error == std::errc::invalid_argument || !std::isfinite(number)) return kNoNumber;
  if (rest == end) return number;
  const std::string_view uncertainty(rest, static_cast<std::size_t>(end - rest));
  const bool is_uncertainty =
      uncertainty.size() > 2 && uncertainty.front() == '(' && uncertainty.back() == ')' &&
      uncertainty.find_first_not_of("0123456789", 1) == uncertainty.size() - 1;
  return is_uncertainty ? number : kNoNumber;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t kMostShown = 60;
  return std::string(text.substr(0, kMostShown)) + (text.size() > kMostShown ? "..." : "");
}

}  // namespace mmgym
