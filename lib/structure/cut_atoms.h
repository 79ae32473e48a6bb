#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// Parts of an mmCIF text: some categories as text, and the rows of _atom_site.
struct CutText {
  std::string categories;
  std::vector<std::string_view> atom_columns;  // names without "_atom_site."
  std::string_view atom_rows;                  // refers to the text
};

/// Cuts categories ("_entity.", in lower case) and atoms out of a text. It expects the layout that
/// the wwPDB and all common programs write: one data block, `loop_` and each of its names on a line
/// of its own. Returns nothing for any other layout, which needs a full parser.
std::optional<CutText> cut_atoms(const std::string& text,
                                 const std::vector<std::string_view>& categories);

/// Splits a row of _atom_site that is one line into its values, without quotes. Replaces the
/// content of `values`.
void split_row(std::string_view line, std::vector<std::string_view>& values);

}  // namespace mmgym
