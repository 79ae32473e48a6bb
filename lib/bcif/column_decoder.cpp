#include "bcif/column_decoder.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "bcif/damage.h"
#include "bcif/encodings.h"
#include "bcif/string_table.h"

namespace mmgym {
namespace {

constexpr auto kUnknown = static_cast<std::uint8_t>(CifValue::unknown);

/// Throws Damage unless there is a value for each row.
void check_rows(std::size_t values, std::size_t rows, const char* things) {
  if (values != rows)
    throw Damage{std::to_string(values) + " " + things + ", " + limit_of_rows(rows).reason};
}

/// Decodes a mask. It is empty if all values are present.
BinaryColumn::Mask decode_mask(const PackedMap& column, std::size_t rows,
                               const std::shared_ptr<MemoryBudget>& budget) {
  if (!column.has("mask")) return {};
  const PackedMap data = column.map("mask");
  const Integers states = decode_integers(data.maps("encoding"), data.bytes("data"),
                                          limit_of_rows(rows), budget, "values of the mask");
  check_rows(states.values.size(), rows, "values of the mask");
  BinaryColumn::Mask mask(budget, rows);
  bool are_all_present = true;
  for (std::size_t row = 0; row < rows; ++row) {
    if (states[row] < 0 || states[row] > kUnknown)
      throw Damage{"the mask has value " + std::to_string(states[row])};
    mask[row] = static_cast<std::uint8_t>(states[row]);
    are_all_present = are_all_present && mask[row] == 0;
  }
  return are_all_present ? BinaryColumn::Mask() : std::move(mask);
}

/// Marks rows without a string as missing.
BinaryColumn::Mask with_missing_strings(BinaryColumn::Mask mask,
                                        const CountedArray<std::int32_t>& indices,
                                        const std::shared_ptr<MemoryBudget>& budget) {
  if (std::find(indices.begin(), indices.end(), -1) == indices.end()) return mask;
  if (mask.size() == 0) {
    mask = BinaryColumn::Mask(budget, indices.size());
    std::fill(mask.begin(), mask.end(), std::uint8_t{0});
  }
  for (std::size_t row = 0; row < indices.size(); ++row)
    if (indices[row] == -1 && mask[row] == 0) mask[row] = kUnknown;
  return mask;
}

}  // namespace

BinaryColumn decode_column(const PackedMap& column, std::size_t rows,
                           const std::shared_ptr<MemoryBudget>& budget) {
  const PackedMap data = column.map("data");
  const std::string_view bytes = data.bytes("data");
  const std::vector<PackedMap> encodings = data.maps("encoding");
  BinaryColumn::Mask mask = decode_mask(column, rows, budget);
  if (encodings.size() == 1 && encodings.front().text("kind") == "StringArray") {
    StringTable strings = decode_strings(encodings.front(), bytes, rows, budget);
    check_rows(strings.indices.size(), rows, "values");
    mask = with_missing_strings(std::move(mask), strings.indices, budget);
    return BinaryColumn(std::move(strings), std::move(mask));
  }
  Numbers numbers = decode_numbers(encodings, bytes, limit_of_rows(rows), budget);
  if (auto* integers = std::get_if<Integers>(&numbers)) {
    check_rows(integers->values.size(), rows, "values");
    return {std::move(integers->values), integers->is_unsigned, std::move(mask)};
  }
  auto& doubles = std::get<CountedArray<double>>(numbers);
  check_rows(doubles.size(), rows, "values");
  return {std::move(doubles), std::move(mask)};
}

}  // namespace mmgym
