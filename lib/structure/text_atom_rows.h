#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "structure/atom_rows.h"

namespace mmgym {

/// Iterates over the rows of _atom_site in a text. Values are texts without quotes, "" if missing,
/// and valid until the next call.
class ValueRows {
 public:
  virtual ~ValueRows() = default;
  virtual bool has(std::size_t column) const = 0;
  virtual bool next(std::vector<std::string_view>& values) = 0;
};

/// Rows of a text.
class TextAtomRows final : public AtomRows {
 public:
  TextAtomRows(ValueRows& rows, const AtomColumns& columns) : rows_(rows), columns_(columns) {}

  bool has(std::size_t column) const override { return rows_.has(column); }
  const Row* next() override;
  double number(std::size_t column) const override;
  std::string text(std::size_t column) const override { return std::string(last_[column]); }

 private:
  ValueRows& rows_;
  const AtomColumns& columns_;
  Row last_;
  std::size_t row_ = 0;
};

}  // namespace mmgym
