#pragma once

#include <string>
#include <vector>

// C++17, which gemmi's CIF headers require (see cmake/Dependencies.cmake).

namespace mmgym {

/// A category of an mmCIF file.
struct CifCategory {
  std::string name;                 // "_atom_site."
  std::vector<std::string> items;   // "id", "type_symbol", ...
  std::vector<std::string> values;  // row by row, quoted if necessary

  /// Adds a value to the current row: quoted if necessary, "." if it is empty.
  void add(const std::string& text);
};

/// Writes an mmCIF file with one data block, whose _entry.id is its name. Skips categories without
/// values. Throws WriteError if the file cannot be written.
void write_cif(const std::string& path, const std::string& block_name,
               std::vector<CifCategory> categories);

}  // namespace mmgym
