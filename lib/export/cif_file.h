#pragma once

#include <string>
#include <vector>

// Kept to C++17, as gemmi's CIF headers ask (see cmake/Dependencies.cmake).

namespace mmgym {

/// A category of an mmCIF file.
struct CifCategory {
  std::string name;                 // "_atom_site."
  std::vector<std::string> items;   // "id", "type_symbol", ...
  std::vector<std::string> values;  // row by row, quoted where they must be

  /// Adds a value to the row that is being filled: quoted if it must be, "." if it is empty.
  void add(const std::string& text);
};

/// Writes an mmCIF file of one data block, its _entry.id being its name. Categories without values
/// are left out. Throws WriteError if the file cannot be written.
void write_cif(const std::string& path, const std::string& block_name,
               std::vector<CifCategory> categories);

}  // namespace mmgym
