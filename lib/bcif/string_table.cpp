#include "bcif/string_table.h"

#include <algorithm>
#include <string>
#include <utility>

#include "bcif/damage.h"
#include "bcif/encodings.h"

namespace mmgym {
namespace {

/// What writers count offsets in. The specification does not say: Mol* counts the UTF-16 units of
/// JavaScript, programs in Python count characters, and others bytes. They differ only if there are
/// characters other than ASCII.
enum class OffsetUnit { bytes, utf16_units, characters };

/// The number of units in a byte of UTF-8: a character counts in its first byte.
std::size_t units_in(char c, OffsetUnit unit) {
  const auto byte = static_cast<unsigned char>(c);
  if (unit == OffsetUnit::bytes) return 1;
  if ((byte & 0xc0U) == 0x80) return 0;
  return unit == OffsetUnit::utf16_units && byte >= 0xf0 ? 2 : 1;
}

std::size_t length_in(std::string_view text, OffsetUnit unit) {
  std::size_t length = 0;
  for (const char c : text) length += units_in(c, unit);
  return length;
}

/// Returns the unit in which the last offset is the end of the text.
OffsetUnit unit_of(std::string_view text, std::int64_t last_offset) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(text.begin(), text.end(), is_ascii)) return OffsetUnit::bytes;
  for (const OffsetUnit unit : {OffsetUnit::bytes, OffsetUnit::utf16_units, OffsetUnit::characters})
    if (static_cast<std::int64_t>(length_in(text, unit)) == last_offset) return unit;
  throw Damage{"offsets do not end where stringData does"};
}

/// Throws Damage if offsets are not in order and within the text.
void check_offsets(const Integers& offsets, std::string_view text) {
  std::int64_t before = 0;
  for (std::size_t i = 0; i < offsets.values.size(); ++i) {
    const std::int64_t offset = offsets[i];
    if (offset < before)
      throw Damage{"offset " + std::to_string(offset) + " is less than " + std::to_string(before)};
    before = offset;
  }
  if (before > static_cast<std::int64_t>(text.size()))
    throw Damage{"offset " + std::to_string(before) + " is beyond the " +
                 std::to_string(text.size()) + " bytes of stringData"};
}

/// Converts offsets to bytes.
CountedArray<std::uint32_t> byte_offsets(const Integers& offsets, std::string_view text,
                                         const std::shared_ptr<MemoryBudget>& budget) {
  const std::size_t count = offsets.values.size();
  CountedArray<std::uint32_t> result(budget, count);
  const OffsetUnit unit = unit_of(text, count == 0 ? 0 : offsets[count - 1]);
  if (unit == OffsetUnit::bytes) {
    for (std::size_t i = 0; i < count; ++i) result[i] = static_cast<std::uint32_t>(offsets[i]);
    return result;
  }
  std::size_t byte = 0;
  std::int64_t passed = 0;  // units before the byte
  const auto is_inside_character = [&] { return units_in(text[byte], unit) == 0; };
  for (std::size_t i = 0; i < count; ++i) {
    while (byte < text.size() && (passed < offsets[i] || is_inside_character()))
      passed += static_cast<std::int64_t>(units_in(text[byte++], unit));
    result[i] = static_cast<std::uint32_t>(byte);
  }
  return result;
}

CountedArray<std::uint32_t> decode_offsets(const PackedMap& encoding, std::string_view text,
                                           std::size_t rows,
                                           const std::shared_ptr<MemoryBudget>& budget) {
  // Distinct strings are no more than the rows, and no more than the bytes and an empty one.
  const std::size_t most = std::max(rows, text.size() + 1) + 1;
  const CountLimit limit = {most, "there can be " + std::to_string(most) + " offsets"};
  const Integers offsets = decode_integers(encoding.maps("offsetEncoding"),
                                           encoding.bytes("offsets"), limit, budget, "offsets");
  check_offsets(offsets, text);
  return byte_offsets(offsets, text, budget);
}

void check_indices(const Integers& indices, std::size_t strings) {
  for (std::size_t i = 0; i < indices.values.size(); ++i) {
    const std::int64_t index = indices[i];
    if (index < -1 || index >= static_cast<std::int64_t>(strings))
      throw Damage{"index " + std::to_string(index) + " is not of one of " +
                   std::to_string(strings) + " strings"};
  }
}

}  // namespace

StringTable decode_strings(const PackedMap& encoding, std::string_view indices, std::size_t rows,
                           const std::shared_ptr<MemoryBudget>& budget) {
  StringTable result;
  result.text = encoding.bytes("stringData");
  result.offsets = decode_offsets(encoding, result.text, rows, budget);
  Integers decoded = decode_integers(encoding.maps("dataEncoding"), indices, limit_of_rows(rows),
                                     budget, "indices of strings");
  check_indices(decoded, result.offsets.size() == 0 ? 0 : result.offsets.size() - 1);
  result.indices = std::move(decoded.values);
  return result;
}

}  // namespace mmgym
