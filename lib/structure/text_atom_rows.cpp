#include "structure/text_atom_rows.h"

#include "base/text.h"

namespace mmgym {

const AtomRows::Row* TextAtomRows::next() {
  if (!rows_.next(last_)) return nullptr;
  ++row_;
  for (std::size_t i = 0; i < last_.size(); ++i) check_length(last_[i], columns_.names[i], row_);
  return &last_;
}

double TextAtomRows::number(std::size_t column) const { return decimal_number(last_[column]); }

}  // namespace mmgym
