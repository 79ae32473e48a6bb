#include "structure/atom_rows.h"

#include <algorithm>

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

constexpr std::string_view kCoordinate = "Cartn_x";

cif::Block& block_with_atoms(cif::Document& document) {
  for (auto& block : document.blocks)
    if (block.find("_atom_site.", {std::string(kCoordinate)}).ok()) return block;
  throw StructureError("no atoms: the file has no _atom_site category");
}

/// Coordinates first, for a table is not found without them; the columns asked for may be lacking.
std::vector<std::string> tags_of(const std::vector<std::string_view>& columns) {
  std::vector<std::string> tags = {std::string(kCoordinate)};
  for (const auto column : columns) tags.push_back("?" + std::string(column));
  return tags;
}

}  // namespace

CutAtomRows::CutAtomRows(const CutText& cut, const std::vector<std::string_view>& columns)
    : width_(cut.atom_columns.size()), rest_(cut.atom_rows) {
  const auto number_of_column = [&cut](std::string_view name) {
    return static_cast<std::size_t>(
        std::find(cut.atom_columns.begin(), cut.atom_columns.end(), name) -
        cut.atom_columns.begin());
  };
  if (number_of_column(kCoordinate) == width_) throw UnusualLayout();
  for (const auto column : columns) columns_.push_back(number_of_column(column));
}

bool CutAtomRows::next(std::vector<std::string_view>& values) {
  do {
    if (rest_.empty()) return false;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    split_row(rest_.substr(0, end), row_);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
  } while (row_.empty());
  if (row_.size() != width_) throw UnusualLayout();
  values.resize(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::string_view value = columns_[i] < width_ ? row_[columns_[i]] : std::string_view();
    values[i] = value == "?" || value == "." ? std::string_view() : value;
  }
  return true;
}

ParsedAtomRows::ParsedAtomRows(cif::Document& document,
                               const std::vector<std::string_view>& columns)
    : block_(block_with_atoms(document)),
      table_(block_.find("_atom_site.", tags_of(columns))),
      row_(columns.size()) {}

bool ParsedAtomRows::next(std::vector<std::string_view>& values) {
  if (next_ == table_.length()) return false;
  const auto row = table_[next_++];
  values.resize(row_.size());
  for (std::size_t i = 0; i < row_.size(); ++i) {
    row_[i] = row.has2(1 + i) ? row.str(static_cast<int>(1 + i)) : std::string();
    values[i] = row_[i];
  }
  return true;
}

}  // namespace mmgym
