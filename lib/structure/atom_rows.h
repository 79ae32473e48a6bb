#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// The columns of _atom_site that a reader wants: texts, then numbers. A number is only decoded
/// when the reader asks for it.
struct AtomColumns {
  std::vector<std::string_view> names;
  std::size_t numbers = 0;  // how many of the last ones are numbers

  std::size_t texts() const { return names.size() - numbers; }
};

/// Iterates over the rows of _atom_site, of text or BinaryCIF.
class AtomRows {
 public:
  virtual ~AtomRows() = default;
  /// Whether the file has the n-th of the requested columns.
  virtual bool has(std::size_t column) const = 0;
  /// Reads the next row. Sets the first `texts` of `values` to the values of these columns, without
  /// quotes; "" is a missing value. They are valid until the next call. Other items are undefined.
  /// Returns false after the last row. Throws StructureError if a text has more than
  /// kMostValueBytes.
  virtual bool next(std::vector<std::string_view>& values) = 0;
  /// The value of any column of the last row as a number: NaN if it is missing, not a number, or
  /// not finite.
  virtual double number(std::size_t column) const = 0;
  /// The value of any column of the last row as text, "" if it is missing. For messages.
  virtual std::string text(std::size_t column) const = 0;

 protected:
  /// Throws StructureError if a text of the n-th row, from 1, is too long to be stored.
  static void check_length(std::string_view text, std::string_view column, std::size_t row);
};

}  // namespace mmgym
