#pragma once

#include <gemmi/cif.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "structure/assembly_recipe.h"
#include "structure/structure.h"

// Helpers of the readers in this folder; not for others, for it names gemmi's types.

namespace mmgym {

std::string lower(std::string text);

/// The model that a row of _atom_site is of: what the file tells, else "1".
inline std::string_view model_of(std::string_view told) { return told.empty() ? "1" : told; }

/// A text that is not CIF.
class NotCif : public StructureError {
 public:
  using StructureError::StructureError;
};

/// Throws NotCif.
gemmi::cif::Document parse_cif(const std::string& text, const std::string& file_name);

/// That of `_entry.id`, else the data block's name, else `file_name` up to its first dot; in lower
/// case.
std::string pdb_id_of(const gemmi::cif::Block& block, const std::string& file_name);

/// The subchains in a list separated by commas (asym_id_list), each once.
std::vector<std::string> ids_in_list(const std::string& list);

/// A row of _pdbx_struct_assembly_gen: each of the products of operators makes a copy of each of
/// the subchains.
struct AssemblyGenerator {
  std::string assembly_id;
  std::vector<std::string> subchains;
  std::vector<std::vector<std::string>> products;  // parse_operator_expression()
};

/// None where there are no operators: the asymmetric unit is the assembly then. Throws
/// StructureError where an operator is named that _pdbx_struct_oper_list does not define.
std::vector<AssemblyGenerator> read_generators(gemmi::cif::Block& block);

/// `text` without its white space.
std::string without_white_space(std::string text);

/// The number that a value is, or NaN. One in parentheses after it is its uncertainty.
double number_in(std::string_view value);

/// The number that a CIF value is, if it is one.
std::optional<double> number_of(const std::string& value);

/// Numbers greater than 0 in an item, which can be a pair or a column: the least one.
std::optional<double> least_positive(gemmi::cif::Block& block, const std::string& item);

}  // namespace mmgym
