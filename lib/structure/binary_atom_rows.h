#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bcif/binary_cif.h"
#include "structure/atom_rows.h"

namespace mmgym {

/// Rows of _atom_site in BinaryCIF. Decodes the requested columns, and no others.
class BinaryAtomRows final : public AtomRows {
 public:
  /// Throws BinaryCifError if a column is not valid.
  BinaryAtomRows(const BinaryCategory& atoms, const AtomColumns& columns);

  bool has(std::size_t column) const override { return has_[column]; }
  bool next(std::vector<std::string_view>& values) override;
  double number(std::size_t column) const override { return columns_[column].number(next_ - 1); }
  std::string text(std::size_t column) const override;

 private:
  const AtomColumns& requested_;
  std::vector<BinaryColumn> columns_;
  std::vector<bool> has_;
  std::vector<BinaryColumn::TextBuffer> buffers_;
  std::size_t rows_;
  std::size_t next_ = 0;
};

}  // namespace mmgym
