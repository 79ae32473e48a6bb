#pragma once

#include <exception>
#include <gemmi/cif.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inputs/input_limits.h"
#include "structure/quality.h"
#include "structure/structure.h"

// For the readers in this folder only: it uses gemmi's types.

namespace mmgym {

/// Maximum coordinate and shift, as much as the columns of old PDB files hold. Greater ones are
/// errors; the largest of the PDB are some thousands. Copies of atoms are within 350,000 A.
inline constexpr double kMostCoordinate_A = 1e5;

/// Returns the model id for a pdbx_PDB_model_num, "1" if it is empty.
inline std::string_view model_of(std::string_view model_num) {
  return model_num.empty() ? "1" : model_num;
}

/// A text that is not CIF.
class NotCif : public StructureError {
 public:
  using StructureError::StructureError;
};

/// Returns the message of an exception without line breaks.
std::string one_line(const std::exception& error);

/// Parses a text. Throws NotCif, and InputError if it has too many data blocks.
gemmi::cif::Document parse_cif(const std::string& text, const std::string& file_name,
                               const InputLimits& limits);

/// The id of an entry, in lower case.
struct EntryId {
  std::string id;
  bool is_in_content = false;  // else it is the name of the file
};

/// Returns `_entry.id`, else the name of the data block, else the name of the file (id_of_file).
/// Passes over generic ids (is_generic_id). Throws StructureError if the id is too long: every
/// entity's name contains it.
EntryId entry_id_of(const gemmi::cif::Block& block, const std::string& file_name);

/// Returns `text` without its white space.
std::string without_white_space(std::string_view text);

/// Returns the number in a CIF value. Returns nothing if it is not a number or if its absolute
/// value exceeds 1e8, more than any real figure of a structure.
std::optional<double> number_of(const std::string& value);

/// Returns the least number of an item, which can be a pair or a column, that is in the range.
std::optional<double> least_in(gemmi::cif::Block& block, const std::string& item,
                               const FigureRange& range);

}  // namespace mmgym
