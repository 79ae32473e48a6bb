#include "structure/cut_atoms.h"

#include <algorithm>
#include <cctype>
#include <cstring>

#include "base/text.h"

namespace mmgym {
namespace {

constexpr std::string_view kAtomSite = "_atom_site.";

bool is_blank_in_line(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// Ignores case: CIF's reserved words are case-insensitive. `word` is in lower case.
bool starts_with_word(std::string_view line, std::string_view word) {
  if (line.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(line[i])) != word[i]) return false;
  return true;
}

class Cutter {
 public:
  Cutter(const std::string& text, const std::vector<std::string_view>& categories)
      : text_(text), categories_(categories) {}

  /// Returns false if the layout is unusual.
  bool cut(CutText& result) {
    while (position_ < text_.size()) {
      const std::string_view line = trimmed(peek());
      if (line.empty() || line.front() == '#') {
        next_line();
      } else if (line.front() == '_') {
        const std::size_t begin = position_;
        next_line();
        skip_values();
        keep_if_wanted(line, begin, result);
      } else if (starts_with_word(line, "loop_")) {
        if (line.size() != 5 || !cut_loop(result)) return false;
      } else if (starts_with_word(line, "data_")) {
        if (++blocks_ > 1 || line.find_first_of(" \t") != std::string_view::npos) return false;
        result.categories.append(line).push_back('\n');
        next_line();
      } else {
        return false;
      }
    }
    return blocks_ == 1;
  }

 private:
  std::string_view peek() const {
    const char* begin = text_.data() + position_;
    const void* end = std::memchr(begin, '\n', text_.size() - position_);
    return {begin, end == nullptr
                       ? text_.size() - position_
                       : static_cast<std::size_t>(static_cast<const char*>(end) - begin)};
  }
  void next_line() { position_ = std::min(text_.size(), position_ + peek().size() + 1); }

  /// Moves to the next line that begins a comment, an item, a loop or a block.
  void skip_values() {
    while (position_ < text_.size()) {
      if (text_[position_] == ';') {  // a multi-line text
        const std::size_t end = text_.find("\n;", position_);
        position_ = end == std::string::npos ? text_.size() : end + 1;
        next_line();
        continue;
      }
      const std::string_view line = peek();
      const char first = line.empty() ? ' ' : line.front();
      if (first == '#' || first == '_') return;
      if (first == 'l' || first == 'L' || first == 'd' || first == 'D' || is_blank_in_line(first)) {
        const std::string_view words = trimmed(line);
        if (starts_with_word(words, "loop_") || starts_with_word(words, "data_") ||
            starts_with_word(words, "_"))
          return;
      }
      position_ = std::min(text_.size(), position_ + line.size() + 1);
    }
  }

  bool cut_loop(CutText& result) {
    const std::size_t begin = position_;
    next_line();
    std::vector<std::string_view> names;
    while (position_ < text_.size()) {
      const std::string_view line = trimmed(peek());
      if (!line.starts_with('_')) break;
      if (line.find_first_of(" \t") != std::string_view::npos) return false;
      names.push_back(line);
      next_line();
    }
    if (names.empty()) return false;
    const std::size_t values = position_;
    skip_values();
    if (starts_with_word(names.front(), kAtomSite)) {
      if (!result.atom_rows.empty()) return false;
      for (const auto name : names) result.atom_columns.push_back(name.substr(kAtomSite.size()));
      result.atom_rows = std::string_view(text_).substr(values, position_ - values);
    } else {
      keep_if_wanted(names.front(), begin, result);
    }
    return true;
  }

  void keep_if_wanted(std::string_view name, std::size_t begin, CutText& result) const {
    for (const auto category : categories_)
      if (starts_with_word(name, category)) {
        result.categories.append(text_, begin, position_ - begin);
        if (!result.categories.ends_with('\n')) result.categories.push_back('\n');
        return;
      }
  }

  const std::string& text_;
  const std::vector<std::string_view>& categories_;
  std::size_t position_ = 0;
  int blocks_ = 0;
};

}  // namespace

std::optional<CutText> cut_atoms(const std::string& text,
                                 const std::vector<std::string_view>& categories) {
  CutText result;
  if (!Cutter(text, categories).cut(result)) return std::nullopt;
  return result;
}

void split_row(std::string_view line, std::vector<std::string_view>& values) {
  values.clear();
  const char* c = line.data();
  const char* const end = c + line.size();
  while (true) {
    while (c != end && is_blank_in_line(*c)) ++c;
    if (c == end) return;
    const char quote = *c;
    const char* const begin = c;
    if (quote == '\'' || quote == '"') {
      // A quoted value ends at a quote before a blank.
      ++c;
      while (c != end && !(*c == quote && (c + 1 == end || is_blank_in_line(c[1])))) ++c;
      values.emplace_back(begin + 1, c - begin - 1);
      if (c != end) ++c;
    } else {
      while (c != end && !is_blank_in_line(*c)) ++c;
      values.emplace_back(begin, c - begin);
    }
  }
}

}  // namespace mmgym
