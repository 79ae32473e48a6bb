#pragma once

#include <exception>
#include <gemmi/cif.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "structure/structure.h"

// Helpers of the readers in this folder; not for others, because they name gemmi's types.

namespace mmgym {

/// Coordinates and shifts beyond this, in A, are damage; the largest of the PDB are some thousands.
inline constexpr double kMostCoordinate_A = 1e5;

/// The model of a row of _atom_site: its pdbx_PDB_model_num, or "1" if that is empty.
inline std::string_view model_of(std::string_view model_num) {
  return model_num.empty() ? "1" : model_num;
}

/// A text that is not CIF.
class NotCif : public StructureError {
 public:
  using StructureError::StructureError;
};

/// The text of an exception, without line breaks.
std::string one_line(const std::exception& error);

/// Throws NotCif.
gemmi::cif::Document parse_cif(const std::string& text, const std::string& file_name);

/// The value of `_entry.id`, else the data block's name, else `file_name` up to its first dot; in
/// lower case.
std::string pdb_id_of(const gemmi::cif::Block& block, const std::string& file_name);

/// `text` without its white space.
std::string without_white_space(std::string_view text);

/// The number that a value is, or NaN. One in parentheses after it is its uncertainty.
double number_in(std::string_view value);

/// The number that a CIF value is. Nothing if it is none, or is beyond 1e8 either way, which no
/// figure of a structure is.
std::optional<double> number_of(const std::string& value);

/// Numbers greater than 0 in an item, which can be a pair or a column: the least one.
std::optional<double> least_positive(gemmi::cif::Block& block, const std::string& item);

}  // namespace mmgym
