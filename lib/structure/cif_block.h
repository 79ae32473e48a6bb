#pragma once

#include <gemmi/cif.hpp>
#include <optional>
#include <string>

// Helpers of the readers in this folder; not for others, for it names gemmi's types.

namespace mmgym {

std::string lower(std::string text);

/// Throws StructureError where the text is not CIF.
gemmi::cif::Document parse_cif(const std::string& text, const std::string& file_name);

/// That of `_entry.id`, else the data block's name, else `file_name` up to its first dot; in lower
/// case.
std::string pdb_id_of(const gemmi::cif::Block& block, const std::string& file_name);

/// The number that a CIF value is, if it is one.
std::optional<double> number_of(const std::string& value);

/// Numbers greater than 0 in an item, which can be a pair or a column: the least one.
std::optional<double> least_positive(gemmi::cif::Block& block, const std::string& item);

}  // namespace mmgym
