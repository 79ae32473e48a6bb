#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bcif/binary_cif.h"
#include "structure/atom_rows.h"

namespace mmgym {

/// Rows of _atom_site in BinaryCIF. Decodes the requested texts, the numbers when they are first
/// asked for, and no other column.
class BinaryAtomRows final : public AtomRows {
 public:
  /// This and number() throw BinaryCifError if a column is not valid. The category must outlive the
  /// rows.
  BinaryAtomRows(const BinaryCategory& atoms, const AtomColumns& columns);

  bool has(std::size_t column) const override { return has_[column]; }
  const Row* next() override;
  ColumnSet differing() const override { return differing_; }
  std::size_t count() const override { return rows_; }
  double number(std::size_t column) const override { return decoded(column).number(next_ - 1); }
  std::string text(std::size_t column) const override;

 private:
  const BinaryColumn& decoded(std::size_t column) const {
    if (!columns_[column]) columns_[column] = atoms_.column(requested_.names[column]);
    return *columns_[column];
  }

  const BinaryCategory& atoms_;
  const AtomColumns& requested_;
  mutable std::vector<std::optional<BinaryColumn>> columns_;
  std::vector<bool> has_;
  std::vector<BinaryColumn::TextBuffer> buffers_;
  Row last_;
  ColumnSet differing_ = 0;
  std::vector<std::size_t> same_until_;  // the row at which the text of each column may change
  std::size_t rows_;
  std::size_t next_ = 0;
};

}  // namespace mmgym
