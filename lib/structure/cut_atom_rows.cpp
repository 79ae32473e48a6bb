#include "structure/cut_atom_rows.h"

#include <algorithm>

namespace mmgym {
namespace {

constexpr std::string_view kCoordinate = "Cartn_x";

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

}  // namespace mmgym
