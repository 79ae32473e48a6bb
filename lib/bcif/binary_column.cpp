#include "bcif/binary_column.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "base/text.h"

namespace mmgym {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

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

std::size_t BinaryColumn::same_until(std::size_t row) const {
  if (kind_ == Kind::absent) return rows_;
  if (kind_ == Kind::doubles) return row + 1;
  const auto& values = kind_ == Kind::strings ? strings_.indices : integers_;
  const bool has_mask = mask_.size() != 0;
  std::size_t next = row + 1;
  while (next < rows_ && values[next] == values[row] && (!has_mask || mask_[next] == mask_[row]))
    ++next;
  return next;
}

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
