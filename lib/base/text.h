#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace mmgym {

/// The text in lower or upper case. Letters other than ASCII's stay as they are.
std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);

/// The text without the white space around it.
std::string_view trimmed(std::string_view text);

/// The parts between separators, each without the white space around it.
std::vector<std::string_view> split_at(std::string_view text, char separator);

/// The words of a text: what white space separates.
std::vector<std::string_view> words_of(std::string_view text);

/// Whether all of the text is a number, which is then put into `value`.
template <typename T>
bool parse_number(std::string_view text, T& value) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && rest == end;
}

}  // namespace mmgym
