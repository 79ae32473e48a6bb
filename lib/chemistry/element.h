#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mmgym {

/// Atomic number of a chemical element; 0 is an unknown element, written X.
using Element = std::uint8_t;

inline constexpr Element kUnknownElement = 0;
inline constexpr Element kLastElement = 118;

/// Returns the symbol of an element in upper case, as in mmCIF: "C", "SE".
/// Throws std::out_of_range above kLastElement.
std::string_view element_symbol(Element element);

/// Finds the element with a symbol, ignoring case. "X" is the unknown element and "D" is hydrogen.
/// Returns nothing for an unknown symbol.
std::optional<Element> find_element(std::string_view symbol);

}  // namespace mmgym
