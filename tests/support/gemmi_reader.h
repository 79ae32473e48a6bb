#pragma once

#include <string>
#include <vector>

// Kept to C++17, as gemmi's CIF headers ask (see cmake/Dependencies.cmake).

namespace mmgym::testing {

/// Some items of a category ("_atom_site.") of the only block of a CIF file, as gemmi reads it, row
/// by row, without quotes; what is "." or "?" is empty. No rows if the file has no such items.
std::vector<std::vector<std::string>> read_cif(const std::string& path, const std::string& category,
                                               const std::vector<std::string>& items);

}  // namespace mmgym::testing
