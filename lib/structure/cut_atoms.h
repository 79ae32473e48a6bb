#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// An mmCIF text taken apart: some categories, still as text, and the rows of _atom_site.
struct CutText {
  std::string categories;
  std::vector<std::string_view> atom_columns;  // names without "_atom_site."
  std::string_view atom_rows;                  // refers to the text
};

/// Cuts these categories ("_entity.", in lower case) and the atoms out of a text. It goes by lines,
/// as the wwPDB and all common programs write them: `loop_` and each of its names on a line of
/// their own, one data block. Returns nothing for a text of another layout, which a parser has to
/// read as a whole.
std::optional<CutText> cut_atoms(const std::string& text,
                                 const std::vector<std::string_view>& categories);

/// The values in a row of _atom_site that is one line, quotes removed. Replaces the content of
/// `values`.
void split_row(std::string_view line, std::vector<std::string_view>& values);

}  // namespace mmgym
