#include "structure/parsed_atom_rows.h"

#include "base/text.h"
#include "structure/structure.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

constexpr std::string_view kCoordinate = "Cartn_x";

cif::Block& block_with_atoms(cif::Document& document) {
  for (auto& block : document.blocks)
    if (block.find("_atom_site.", {std::string(kCoordinate)}).ok()) return block;
  throw StructureError("no atoms: the file has no _atom_site category");
}

/// Returns the tags of a table: coordinates, which are required, then the optional columns.
std::vector<std::string> tags_of(const std::vector<std::string_view>& columns) {
  std::vector<std::string> tags = {std::string(kCoordinate)};
  for (const auto column : columns) tags.push_back("?" + std::string(column));
  return tags;
}

}  // namespace

ParsedAtomRows::ParsedAtomRows(cif::Document& document, const AtomColumns& columns)
    : wanted_(columns),
      block_(block_with_atoms(document)),
      table_(block_.find("_atom_site.", tags_of(columns.names))),
      texts_(columns.names.size()),
      values_(columns.names.size()) {}

const AtomRows::Row* ParsedAtomRows::next() {
  if (next_ == table_.length()) return nullptr;
  const auto row = table_[next_++];
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    texts_[i] = row.has2(1 + i) ? row.str(static_cast<int>(1 + i)) : std::string();
    values_[i] = texts_[i];
    check_length(values_[i], wanted_.names[i], next_);
  }
  return &values_;
}

double ParsedAtomRows::number(std::size_t column) const { return decimal_number(values_[column]); }

}  // namespace mmgym
