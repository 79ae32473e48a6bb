#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace mmgym {

/// The text in lower or upper case. Only ASCII letters change.
std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);

/// The text without the white space around it.
std::string_view trimmed(std::string_view text);

/// The parts between separators, each without the white space around it.
std::vector<std::string_view> split_at(std::string_view text, char separator);

/// The words of a text, separated by white space.
std::vector<std::string_view> words_of(std::string_view text);

/// The text as one line that is safe to print: what is not UTF-8, and characters that control a
/// terminal or the direction of writing, become \n, \t, \r or \xNN. Other text is unchanged, so
/// names can be recognized.
std::string printable(std::string_view text);

/// The same for text of several lines: line feeds stay.
std::string printable_lines(std::string_view text);

/// The first five names for a message, "a, b, c", with ", ..." if there are more of them among
/// `all`.
std::string first_names(const std::vector<std::string>& names, std::size_t all);

/// A number of bytes such as "41.3 MB".
std::string bytes_text(std::uint64_t bytes);

/// Reads a text that is a number into `value`. Returns false for any other text.
template <typename T>
bool parse_number(std::string_view text, T& value) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && rest == end;
}

/// Returns the finite decimal number in a value of CIF, or NaN. Ignores an uncertainty in
/// parentheses, as in "1.5(2)".
double decimal_number(std::string_view value);

/// The text, or its first characters and "..." if it is too long for a message.
std::string shortened(std::string_view text);

}  // namespace mmgym
