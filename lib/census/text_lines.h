#pragma once

#include <charconv>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// An input file of lines that cannot be used. The text names the file and the line, and says what
/// was expected there.
class InputFileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Thrown by the visitors of for_each_line() for a line that is not what it should be.
struct Expected {
  std::string what;  // "a PDB id and a cluster, separated by a comma"
};

/// Calls visit(line) for every line of a file that is neither blank nor begins with '#', without
/// the white space around it. Files that are gzipped are read as well. Throws InputFileError where
/// the file cannot be read or the visitor throws Expected.
void for_each_line(const std::filesystem::path& path,
                   const std::function<void(std::string_view)>& visit);

/// The parts of a line between separators, each without the white space around it.
std::vector<std::string_view> split_at(std::string_view line, char separator);
/// The words of a line.
std::vector<std::string_view> words_of(std::string_view line);

/// Whether all of the text is a number, which is then put into `value`.
template <typename T>
bool parse_number(std::string_view text, T& value) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && rest == text.data() + text.size();
}

std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);

/// Residue codes or PDB ids, one a line; residue codes come in upper case, PDB ids in lower case.
/// Throws InputFileError.
std::vector<std::string> read_residue_codes(const std::filesystem::path& path);
std::vector<std::string> read_pdb_ids(const std::filesystem::path& path);

}  // namespace mmgym
