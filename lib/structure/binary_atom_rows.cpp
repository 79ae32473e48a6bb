#include "structure/binary_atom_rows.h"

namespace mmgym {

BinaryAtomRows::BinaryAtomRows(const BinaryCategory& atoms, const AtomColumns& columns)
    : atoms_(atoms),
      requested_(columns),
      columns_(columns.names.size()),
      buffers_(columns.names.size()),
      rows_(atoms.rows()) {
  for (const auto name : columns.names) has_.push_back(atoms.has(name));
  for (std::size_t i = 0; i < columns.texts(); ++i) decoded(i);
}

bool BinaryAtomRows::next(std::vector<std::string_view>& values) {
  if (next_ == rows_) return false;
  values.resize(columns_.size());
  for (std::size_t i = 0; i < requested_.texts(); ++i) {
    values[i] = columns_[i]->text(next_, buffers_[i]);
    check_length(values[i], requested_.names[i], next_ + 1);
  }
  ++next_;
  return true;
}

std::string BinaryAtomRows::text(std::size_t column) const {
  BinaryColumn::TextBuffer buffer;
  return std::string(decoded(column).text(next_ - 1, buffer));
}

}  // namespace mmgym
