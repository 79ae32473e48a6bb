#include "structure/text_atom_rows.h"

#include "structure/cif_block.h"

namespace mmgym {

void AtomRows::check_length(std::string_view text, std::string_view column, std::size_t row) {
  if (text.size() > kMostValueBytes)
    throw StructureError("row " + std::to_string(row) + " of _atom_site: " + std::string(column) +
                         " has " + std::to_string(text.size()) + " bytes; at most " +
                         std::to_string(kMostValueBytes) + " can be stored");
}

bool TextAtomRows::next(std::vector<std::string_view>& values) {
  if (!rows_.next(values)) return false;
  last_ = &values;
  ++row_;
  for (std::size_t i = 0; i < values.size(); ++i) check_length(values[i], columns_.names[i], row_);
  return true;
}

double TextAtomRows::number(std::size_t column) const { return number_in((*last_)[column]); }

}  // namespace mmgym
