#include "structure/text_atom_rows.h"

#include "base/text.h"

namespace mmgym {

bool TextAtomRows::next(std::vector<std::string_view>& values) {
  if (!rows_.next(values)) return false;
  last_ = &values;
  ++row_;
  for (std::size_t i = 0; i < values.size(); ++i) check_length(values[i], columns_.names[i], row_);
  return true;
}

double TextAtomRows::number(std::size_t column) const { return decimal_number((*last_)[column]); }

}  // namespace mmgym
