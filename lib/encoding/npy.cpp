#include "encoding/npy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <stdexcept>

// A .npy file, version 1.0:
//
//     6 bytes   0x93 "NUMPY"
//     2 bytes   version: 1, 0
//     2 bytes   n, little-endian: the length of the rest of the header
//     n bytes   a Python dict with the keys descr, fortran_order and shape, in this order; then
//               blanks and one line feed, so that the numbers begin at a multiple of 64 bytes
//     the rest  the numbers

namespace mmgym {

std::string npy_header(std::string_view dtype, std::span<const std::uint64_t> shape) {
  constexpr std::size_t alignment = 64;
  constexpr std::size_t preamble_size = 10;

  // Python needs the comma: (3) is a number, (3,) is a tuple.
  std::string dict = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}{}), }}",
                                 dtype, fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
  const std::size_t unpadded = preamble_size + dict.size() + 1;
  dict.append((alignment - unpadded % alignment) % alignment, ' ');
  dict += '\n';
  if (dict.size() > 0xFFFF) throw std::length_error("the shape is too long for a .npy header");

  std::string header = "\x93NUMPY";
  header += '\x01';
  header += '\x00';
  header += static_cast<char>(dict.size() & 0xFF);
  header += static_cast<char>(dict.size() >> 8);
  return header + dict;
}

}  // namespace mmgym
