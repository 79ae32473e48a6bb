#include "census/text_lines.h"

#include <algorithm>
#include <cctype>

#include "structure/read_text.h"
#include "structure/structure.h"

namespace mmgym {
namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_residue_code(std::string_view text) {
  // Codes have up to three characters, and since 2023 five.
  return text.size() <= 5 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '+' || c == '-';
         });
}

bool is_pdb_id(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return is_space(c) || c == ',' || c == ';'; });
}

}  // namespace

void for_each_line(const std::filesystem::path& path,
                   const std::function<void(std::string_view)>& visit) {
  std::string text;
  try {
    text = read_text(path);
  } catch (const StructureError& error) {
    // An empty list is a list.
    if (!std::filesystem::is_regular_file(path) || std::filesystem::file_size(path) != 0)
      throw InputFileError(path.string() + ": " + error.what());
  }
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    ++number;
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = std::string_view(text).substr(begin, end - begin);
    // A tab at an end of the line is not white space around it: a column is missing there.
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    begin = end + 1;
    if (line.empty() || line.front() == '#') continue;
    try {
      visit(line);
    } catch (const Expected& expected) {
      constexpr std::size_t kMostShown = 60;
      throw InputFileError(path.string() + ", line " + std::to_string(number) + ": expected " +
                           expected.what + ", found '" + std::string(line.substr(0, kMostShown)) +
                           (line.size() > kMostShown ? "...'" : "'"));
    }
  }
}

std::vector<std::string_view> split_at(std::string_view line, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = line.find(separator);
    parts.push_back(trimmed(line.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    line.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < line.size();) {
    while (i < line.size() && is_space(line[i])) ++i;
    const std::size_t begin = i;
    while (i < line.size() && !is_space(line[i])) ++i;
    if (i > begin) words.push_back(line.substr(begin, i - begin));
  }
  return words;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

std::vector<std::string> read_residue_codes(const std::filesystem::path& path) {
  std::vector<std::string> codes;
  for_each_line(path, [&codes](std::string_view line) {
    if (!is_residue_code(line)) throw Expected{"one residue code of up to five characters"};
    codes.push_back(upper_case(line));
  });
  return codes;
}

std::vector<std::string> read_pdb_ids(const std::filesystem::path& path) {
  std::vector<std::string> ids;
  for_each_line(path, [&ids](std::string_view line) {
    if (!is_pdb_id(line)) throw Expected{"one PDB id"};
    ids.push_back(lower_case(line));
  });
  return ids;
}

}  // namespace mmgym
