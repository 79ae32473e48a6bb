#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mmgym {

/// The columns of _atom_site that a reader wants: texts, then numbers. A number is only decoded
/// when the reader asks for it.
struct AtomColumns {
  std::vector<std::string_view> names;
  std::size_t numbers = 0;  // how many of the last ones are numbers

  std::size_t texts() const { return names.size() - numbers; }
};

/// A set of columns: bit n stands for the n-th.
using ColumnSet = std::uint32_t;

/// Iterates over the rows of _atom_site, of text or BinaryCIF.
class AtomRows {
 public:
  virtual ~AtomRows() = default;
  /// Whether the file has the n-th of the requested columns.
  virtual bool has(std::size_t column) const = 0;
  /// Values of a row, by column.
  using Row = std::vector<std::string_view>;
  /// Reads the next row. Returns the values of the columns of texts, without quotes; "" is a
  /// missing value. They are valid until the next call. Other items are undefined. Returns null
  /// after the last row. Throws StructureError if a text has more than kMostValueBytes.
  virtual const Row* next() = 0;
  /// The columns whose text may differ from the row before. The others are the same.
  virtual ColumnSet differing() const { return ~ColumnSet{0}; }
  /// About the number of rows; 0 if it is not known before they are read.
  virtual std::size_t count() const { return 0; }
  /// The value of any column of the last row as a number: NaN if it is missing, not a number, or
  /// not finite.
  virtual double number(std::size_t column) const = 0;
  /// The value of any column of the last row as text, "" if it is missing. For messages.
  virtual std::string text(std::size_t column) const = 0;

 protected:
  /// Throws StructureError if a text of the n-th row, from 1, is too long to be stored.
  static void check_length(std::string_view text, std::string_view column, std::size_t row);
};

/// Remembers whether some of its columns differ in rows of which not all are looked at.
class ChangeOf {
 public:
  ChangeOf(std::initializer_list<std::size_t> columns) {
    for (const std::size_t column : columns) columns_ |= ColumnSet{1} << column;
  }
  /// To be called for every row.
  void see(ColumnSet differing) { is_seen_ = is_seen_ || (columns_ & differing) != 0; }
  /// Whether the columns may differ since the last call, or since the first row.
  bool take() { return std::exchange(is_seen_, false); }

 private:
  ColumnSet columns_ = 0;
  bool is_seen_ = true;
};

}  // namespace mmgym
