#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "structure/cut_atoms.h"

namespace mmgym {

/// The rows of _atom_site, one after the other.
class AtomRows {
 public:
  virtual ~AtomRows() = default;
  /// Whether the file has the column of this number, of those that were asked for.
  virtual bool has(std::size_t column) const = 0;
  /// Puts the next row's values of these columns into `values`, without quotes; "" where the file
  /// has no value. They last until the next call. False at the end.
  virtual bool next(std::vector<std::string_view>& values) = 0;
};

/// Thrown where a text cannot be read line by line after all.
struct UnusualLayout {};

/// Rows of a text that was cut. next() throws UnusualLayout where a row is not a line.
class CutAtomRows final : public AtomRows {
 public:
  CutAtomRows(const CutText& cut, const std::vector<std::string_view>& columns);
  bool has(std::size_t column) const override { return columns_[column] < width_; }
  bool next(std::vector<std::string_view>& values) override;

 private:
  std::size_t width_;
  std::vector<std::size_t> columns_;  // width_ where there is none
  std::string_view rest_;
  std::vector<std::string_view> row_;
};

}  // namespace mmgym
