#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "bcif/binary_column.h"
#include "bcif/message_pack.h"

namespace mmgym {

/// Decodes a StringArray. Indices are at least -1, a missing value, and less than the number of
/// strings. Throws Damage, and BinaryCifLimit.
StringTable decode_strings(const PackedMap& encoding, std::string_view indices, std::size_t rows,
                           const std::shared_ptr<MemoryBudget>& budget);

}  // namespace mmgym
