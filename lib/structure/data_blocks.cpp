#include "structure/data_blocks.h"

#include <algorithm>

#include "base/text.h"

namespace mmgym {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Returns the end of the quoted text that begins at `begin`: a quote before a blank, or the end of
/// the line.
std::size_t end_of_quoted(std::string_view text, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < text.size() && text[end] != '\n') {
    const bool is_closed =
        text[end] == text[begin] && (end + 1 == text.size() || is_blank(text[end + 1]));
    ++end;
    if (is_closed) break;
  }
  return end;
}

}  // namespace

std::size_t count_data_blocks(std::string_view text) {
  std::size_t count = 0;
  std::size_t i = 0;
  const auto move_to = [&](std::string_view what) {
    i = std::min(text.find(what, i), text.size());
  };
  while (i < text.size()) {
    const char c = text[i];
    if (is_blank(c)) {
      ++i;
    } else if (c == '#') {
      move_to("\n");
    } else if (c == ';' && (i == 0 || text[i - 1] == '\n')) {  // a multi-line text
      move_to("\n;");
      i = std::min(i + 2, text.size());
    } else if (c == '\'' || c == '"') {
      i = end_of_quoted(text, i);
    } else {
      const std::size_t begin = i;
      while (i < text.size() && !is_blank(text[i])) ++i;
      constexpr std::string_view kData = "data_";
      if (i - begin >= kData.size() && lower_case(text.substr(begin, kData.size())) == kData)
        ++count;
    }
  }
  return count;
}

}  // namespace mmgym
