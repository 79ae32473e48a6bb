#pragma once

#include <cstddef>
#include <string_view>

namespace mmgym {

/// Counts the data blocks of a CIF text without parsing it.
std::size_t count_data_blocks(std::string_view text);

}  // namespace mmgym
