#include "structure/binary_atom_rows.h"

namespace mmgym {

BinaryAtomRows::BinaryAtomRows(const BinaryCategory& atoms, const AtomColumns& columns)
    : atoms_(atoms),
      requested_(columns),
      columns_(columns.names.size()),
      buffers_(columns.names.size()),
      last_(columns.texts()),
      same_until_(columns.texts()),
      rows_(atoms.rows()) {
  for (const auto name : columns.names) has_.push_back(atoms.has(name));
  for (std::size_t i = 0; i < columns.texts(); ++i) decoded(i);
}

const AtomRows::Row* BinaryAtomRows::next() {
  if (next_ == rows_) return nullptr;
  differing_ = 0;
  for (std::size_t i = 0; i < last_.size(); ++i) {
    if (next_ < same_until_[i]) continue;
    differing_ |= ColumnSet{1} << i;
    last_[i] = columns_[i]->text(next_, buffers_[i]);
    check_length(last_[i], requested_.names[i], next_ + 1);
    same_until_[i] = columns_[i]->same_until(next_);
  }
  ++next_;
  return &last_;
}

std::string BinaryAtomRows::text(std::size_t column) const {
  BinaryColumn::TextBuffer buffer;
  return std::string(decoded(column).text(next_ - 1, buffer));
}

}  // namespace mmgym
