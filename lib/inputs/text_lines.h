#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// Thrown by visitors of for_each_line() for a malformed line.
struct BadLine {
  std::string expected;  // "a PDB id and a cluster, separated by a comma"
};

/// Calls visit(line) for every line of a file, without the spaces around it. Skips blank lines and
/// lines that begin with '#'. The file can be compressed (see read_file). Throws InputError with
/// the path if the file cannot be read. If the visitor throws BadLine, throws InputError with path,
/// line number and what was expected.
void for_each_line(const std::filesystem::path& path,
                   const std::function<void(std::string_view)>& visit);

/// Reads residue codes, one per line, and converts them to upper case. Throws InputError.
std::vector<std::string> read_residue_codes(const std::filesystem::path& path);
/// Reads PDB ids, one per line, and converts them to lower case. Throws InputError.
std::vector<std::string> read_pdb_ids(const std::filesystem::path& path);

}  // namespace mmgym
