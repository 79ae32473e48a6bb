#pragma once

#include <string>
#include <string_view>

#include "base/text.h"

namespace mmgym {

/// Thrown within this folder for bytes that are not valid BinaryCIF. A BinaryCifError takes its
/// place, which adds category and column.
struct Damage {
  std::string what;  // "srcSize is missing"
};

/// A name from the data, for a message.
inline std::string shown(std::string_view name) { return printable(shortened(name)); }

}  // namespace mmgym
