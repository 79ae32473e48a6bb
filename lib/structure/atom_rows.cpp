#include "structure/atom_rows.h"

#include "structure/structure.h"

namespace mmgym {

void AtomRows::check_length(std::string_view text, std::string_view column, std::size_t row) {
  if (text.size() > kMostValueBytes)
    throw StructureError("row " + std::to_string(row) + " of _atom_site: " + std::string(column) +
                         " has " + std::to_string(text.size()) + " bytes; at most " +
                         std::to_string(kMostValueBytes) + " can be stored");
}

}  // namespace mmgym
