#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// What a visitor of for_each_line() throws for a line of the wrong form.
struct BadLine {
  std::string expected;  // "a PDB id and a cluster, separated by a comma"
};

/// Calls visit(line) for every line of a file that is neither blank nor begins with '#', without
/// the white space around it. The file may be compressed (see read_file). Throws InputError, which
/// names the file, if it cannot be read, and names the line and what was expected there if the
/// visitor throws BadLine.
void for_each_line(const std::filesystem::path& path,
                   const std::function<void(std::string_view)>& visit);

/// Residue codes or PDB ids, one a line; residue codes come in upper case, PDB ids in lower case.
/// Throws InputError.
std::vector<std::string> read_residue_codes(const std::filesystem::path& path);
std::vector<std::string> read_pdb_ids(const std::filesystem::path& path);

}  // namespace mmgym
