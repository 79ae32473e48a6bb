#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace mmgym {

/// A set of places in a line: bit n of word w stands for byte 64 w + n.
using LineMask = std::array<std::uint64_t, 3>;

/// What is where in the first bytes of a line and those after it.
struct LineMasks {
  static constexpr std::size_t kBytes = 192;

  LineMask blank;    // ' ', '\t', '\r' and '\n'
  LineMask end;      // '\n'
  LineMask quote;    // ' and "
  LineMask differs;  // bytes that are not the same in another line
};

/// Sets the masks from kBytes bytes, many at a time.
void set_line_masks(const char* line, const char* other, LineMasks& masks);

}  // namespace mmgym
