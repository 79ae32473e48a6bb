#include "bcif/binary_column.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "base/text.h"

namespace mmgym {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The number without its uncertainty.
std::string_view without_uncertainty(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')') return text;
  return text.substr(0, open);
}

double decimal_number(std::string_view text) {
  text = without_uncertainty(text);
  if (!text.empty() && text.front() == '+') {
    text.remove_prefix(1);
    if (!text.empty() && text.front() == '-') return kNoNumber;
  }
  // Not "nan" and "inf", which from_chars accepts.
  const bool has_sign = !text.empty() && text.front() == '-';
  if (text.size() < (has_sign ? 2U : 1U)) return kNoNumber;
  const char first = text[has_sign ? 1 : 0];
  double value = 0;
  if ((!is_digit(first) && first != '.') || !parse_number(text, value)) return kNoNumber;
  return value;
}

template <typename T>
std::string_view written(T value, BinaryColumn::TextBuffer& buffer) {
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

}  // namespace

BinaryColumn::BinaryColumn(std::size_t rows) : rows_(rows) {}

BinaryColumn::BinaryColumn(CountedArray<std::int32_t> values, bool are_unsigned, Mask mask)
    : kind_(are_unsigned ? Kind::unsigned_integers : Kind::signed_integers),
      rows_(values.size()),
      mask_(std::move(mask)),
      integers_(std::move(values)) {}

BinaryColumn::BinaryColumn(CountedArray<double> values, Mask mask)
    : kind_(Kind::doubles),
      rows_(values.size()),
      mask_(std::move(mask)),
      doubles_(std::move(values)) {
  for (std::size_t row = 0; row < mask_.size(); ++row)
    if (!is_present(row)) doubles_[row] = kNoNumber;
}

BinaryColumn::BinaryColumn(StringTable strings, Mask mask)
    : kind_(Kind::strings),
      rows_(strings.indices.size()),
      mask_(std::move(mask)),
      strings_(std::move(strings)) {}

double BinaryColumn::number_in_string(std::size_t row) const {
  TextBuffer unused;
  return decimal_number(text(row, unused));
}

std::string_view BinaryColumn::number_as_text(std::size_t row, TextBuffer& buffer) const {
  if (!is_present(row)) return {};
  if (kind_ == Kind::doubles) return written(doubles_[row], buffer);
  if (kind_ == Kind::signed_integers) return written(integers_[row], buffer);
  return written(static_cast<std::uint32_t>(integers_[row]), buffer);
}

}  // namespace mmgym
