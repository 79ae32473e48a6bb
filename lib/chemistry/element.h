#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mmgym {

/// A chemical element by its atomic number; 0 is an unknown element, written X.
using Element = std::uint8_t;

inline constexpr Element kUnknownElement = 0;
inline constexpr Element kLastElement = 118;

/// The element's symbol in upper case, as mmCIF writes it: "C", "SE".
/// Throws std::out_of_range above kLastElement.
std::string_view element_symbol(Element element);

/// The element with this symbol, in any case of letters; "X" is the unknown element and "D" is
/// hydrogen. Nothing if there is none.
std::optional<Element> find_element(std::string_view symbol);

}  // namespace mmgym
