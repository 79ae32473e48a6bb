#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bcif/memory_budget.h"
#include "bcif/message_pack.h"

namespace mmgym {

/// 32-bit integers.
struct Integers {
  CountedArray<std::int32_t> values;
  /// Whether the values stand for unsigned integers with the same bits.
  bool is_unsigned = false;

  std::int64_t operator[](std::size_t i) const {
    return is_unsigned ? static_cast<std::int64_t>(static_cast<std::uint32_t>(values[i]))
                       : values[i];
  }
};

using Numbers = std::variant<Integers, CountedArray<double>>;

/// How many numbers data may have, and why.
struct CountLimit {
  std::size_t most;
  std::string reason;  // "the category has 1000 rows"
};

/// One number for each row of a category.
inline CountLimit limit_of_rows(std::size_t rows) {
  return {rows, "the category has " + std::to_string(rows) + " rows"};
}

/// Decodes numbers: applies the inverses of the encodings, last to first. Checks counts before it
/// allocates memory. Throws Damage, and BinaryCifLimit.
Numbers decode_numbers(const std::vector<PackedMap>& encodings, std::string_view bytes,
                       const CountLimit& limit, const std::shared_ptr<MemoryBudget>& budget);

/// The same for numbers that must be integers, such as `things` = "offsets".
Integers decode_integers(const std::vector<PackedMap>& encodings, std::string_view bytes,
                         const CountLimit& limit, const std::shared_ptr<MemoryBudget>& budget,
                         const char* things);

}  // namespace mmgym
