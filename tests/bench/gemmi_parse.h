#pragma once

#include <cstddef>
#include <string>

namespace mmgym {

/// Parses a CIF text with gemmi alone. Returns the number of its data blocks.
std::size_t parse_with_gemmi(const std::string& text);

}  // namespace mmgym
