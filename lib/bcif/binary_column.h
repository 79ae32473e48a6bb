#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "bcif/memory_budget.h"

namespace mmgym {

/// Whether a row has a value: '.' stands for one that does not apply, '?' for an unknown one.
enum class CifValue : std::uint8_t { present = 0, not_applicable = 1, unknown = 2 };

/// Decoded strings: every distinct one is stored once.
struct StringTable {
  std::string_view text;                // all strings, joined; within the bytes of the file
  CountedArray<std::uint32_t> offsets;  // in `text`, where strings begin, and the end of the last
  CountedArray<std::int32_t> indices;   // of the string of each row
};

/// The decoded values of a column: 32-bit integers, doubles or strings. Rows must be less than
/// rows(). Strings are valid as long as the column and the bytes of the file.
class BinaryColumn {
 public:
  /// Room for a number as text.
  using TextBuffer = std::array<char, 32>;
  /// The CifValue of each row; empty if all values are present.
  using Mask = CountedArray<std::uint8_t>;

  /// A column that a category does not have: all values are unknown.
  explicit BinaryColumn(std::size_t rows);
  /// Arrays have one item for each row.
  BinaryColumn(CountedArray<std::int32_t> values, bool are_unsigned, Mask mask);
  BinaryColumn(CountedArray<double> values, Mask mask);
  /// The offsets increase and are within the text, and so are indices of present values.
  BinaryColumn(StringTable strings, Mask mask);

  std::size_t rows() const { return rows_; }

  CifValue state(std::size_t row) const {
    if (mask_.size() != 0) return static_cast<CifValue>(mask_[row]);
    return kind_ == Kind::absent ? CifValue::unknown : CifValue::present;
  }
  bool is_present(std::size_t row) const { return state(row) == CifValue::present; }

  /// The first row after `row` whose text may be another than that of `row`.
  std::size_t same_until(std::size_t row) const;

  /// The value as a number: NaN if it is missing, or if it is a string and not a finite decimal
  /// number. Ignores an uncertainty in parentheses, as in "1.5(2)". Strings are parsed by each
  /// call.
  double number(std::size_t row) const {
    switch (kind_) {
      case Kind::doubles:
        return doubles_[row];
      case Kind::signed_integers:
        if (is_present(row)) return integers_[row];
        break;
      case Kind::unsigned_integers:
        if (is_present(row)) return static_cast<std::uint32_t>(integers_[row]);
        break;
      case Kind::strings:
        return number_in_string(row);
      case Kind::absent:
        break;
    }
    return std::numeric_limits<double>::quiet_NaN();
  }

  /// The value as text, "" if it is missing. A number is written to the buffer: integers in
  /// decimal, others as the shortest text for which std::from_chars gives the same number, such as
  /// "1e-05".
  std::string_view text(std::size_t row, TextBuffer& buffer) const {
    if (kind_ != Kind::strings) return number_as_text(row, buffer);
    if (!is_present(row)) return {};
    const auto string = static_cast<std::size_t>(strings_.indices[row]);
    const std::uint32_t begin = strings_.offsets[string];
    return {strings_.text.data() + begin, strings_.offsets[string + 1] - begin};
  }

 private:
  enum class Kind : std::uint8_t { absent, signed_integers, unsigned_integers, doubles, strings };

  double number_in_string(std::size_t row) const;
  std::string_view number_as_text(std::size_t row, TextBuffer& buffer) const;

  Kind kind_ = Kind::absent;
  std::size_t rows_ = 0;
  Mask mask_;
  CountedArray<std::int32_t> integers_;
  CountedArray<double> doubles_;  // NaN if the value is missing
  StringTable strings_;
};

}  // namespace mmgym
