#pragma once

#include <cstddef>
#include <memory>

#include "bcif/binary_column.h"
#include "bcif/message_pack.h"

namespace mmgym {

/// Decodes the values and the mask of a column. Throws Damage, and BinaryCifLimit.
BinaryColumn decode_column(const PackedMap& column, std::size_t rows,
                           const std::shared_ptr<MemoryBudget>& budget);

}  // namespace mmgym
