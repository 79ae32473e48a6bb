#include "inputs/text_lines.h"

#include <algorithm>
#include <cctype>
#include <limits>

#include "base/errors.h"
#include "base/text.h"
#include "inputs/read_file.h"

namespace mmgym {
namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool is_residue_code(std::string_view text) {
  // Codes have up to three characters; since 2023, up to five.
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
    // The user has chosen this file, so that its size needs no limit.
    InputLimits limits;
    limits.max_text_MB = std::numeric_limits<int>::max();
    text = read_file(path, limits);
  } catch (const InputError& error) {
    // An empty list is valid.
    if (!std::filesystem::is_regular_file(path) || std::filesystem::file_size(path) != 0)
      throw InputError(path.string() + ": " + error.what());
  }
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    ++number;
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = std::string_view(text).substr(begin, end - begin);
    // Keeps a tab at an end of the line, because it means that a column is missing.
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    begin = end + 1;
    if (line.empty() || line.front() == '#') continue;
    try {
      visit(line);
    } catch (const BadLine& bad) {
      throw InputError(path.string() + ", line " + std::to_string(number) + ": expected " +
                       bad.expected + ", found '" + shortened(line) + "'");
    }
  }
}

std::vector<std::string> read_residue_codes(const std::filesystem::path& path) {
  std::vector<std::string> codes;
  for_each_line(path, [&codes](std::string_view line) {
    if (!is_residue_code(line)) throw BadLine{"one residue code of up to five characters"};
    codes.push_back(upper_case(line));
  });
  return codes;
}

std::vector<std::string> read_pdb_ids(const std::filesystem::path& path) {
  std::vector<std::string> ids;
  for_each_line(path, [&ids](std::string_view line) {
    if (!is_pdb_id(line)) throw BadLine{"one PDB id"};
    ids.push_back(lower_case(line));
  });
  return ids;
}

}  // namespace mmgym
