#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "structure/atom_rows.h"
#include "structure/cut_atoms.h"
#include "structure/line_masks.h"

namespace mmgym {

/// Thrown if a text cannot be read line by line.
struct UnusualLayout {};

/// Rows of a CutText. The constructor throws UnusualLayout if there are no coordinates, next() if a
/// row is not a line.
///
/// In most files, the values of a column begin at the same place in all lines. Then only the values
/// whose bytes differ from the line before are looked at. Any other line is split into values.
class CutAtomRows final : public AtomRows {
 public:
  /// Both must outlive this.
  CutAtomRows(const CutText& cut, const AtomColumns& columns);

  bool has(std::size_t column) const override { return columns_[column] < width_; }
  const Row* next() override;
  ColumnSet differing() const override { return differing_; }
  /// An estimate: lines are about as long as the first.
  std::size_t count() const override { return count_; }
  double number(std::size_t column) const override;
  std::string text(std::size_t column) const override { return std::string(value(column)); }

 private:
  bool read_masked();
  bool is_regular(const LineMask& begins) const;
  std::size_t end_of_value(std::size_t begin) const;
  std::string_view value(std::size_t column) const;
  bool read_split();

  const AtomColumns& wanted_;
  std::size_t width_;
  std::vector<std::size_t> columns_;  // width_ if the file lacks the column
  std::string_view rest_;
  std::size_t count_ = 0;
  std::size_t row_ = 0;
  ColumnSet differing_ = 0;
  /// Values of the wanted columns. Of a masked line, those of numbers are not set.
  Row values_;
  std::vector<std::string_view> split_;  // values of all columns

  bool is_masked_ = false;      // whether the members below are of the last line
  const char* line_ = nullptr;  // the last one of which masks were made
  LineMasks masks_;
  LineMask begins_{};                                     // of all values
  std::array<std::size_t, LineMasks::kBytes + 1> begin_;  // the same as places, and the end
};

}  // namespace mmgym
