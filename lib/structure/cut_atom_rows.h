#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "structure/cut_atoms.h"
#include "structure/text_atom_rows.h"

namespace mmgym {

/// Thrown if a text cannot be read line by line.
struct UnusualLayout {};

/// Rows of a CutText. The constructor throws UnusualLayout if there are no coordinates, next() if a
/// row is not a line.
class CutAtomRows final : public ValueRows {
 public:
  CutAtomRows(const CutText& cut, const std::vector<std::string_view>& columns);
  bool has(std::size_t column) const override { return columns_[column] < width_; }
  bool next(std::vector<std::string_view>& values) override;

 private:
  std::size_t width_;
  std::vector<std::size_t> columns_;  // width_ if the file lacks the column
  std::string_view rest_;
  std::vector<std::string_view> row_;
};

}  // namespace mmgym
