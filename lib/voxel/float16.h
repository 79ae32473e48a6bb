#pragma once

#include <bit>
#include <cstdint>
#include <span>

namespace mmgym {

/// The IEEE 754 binary16 number nearest to `value` (ties to even; too large: infinity), as bits.
inline std::uint16_t to_float16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000);
  const std::uint32_t magnitude = bits & 0x7FFFFFFF;
  std::uint32_t half = 0;
  if (magnitude > 0x7F800000) {
    half = 0x7E00 | (magnitude >> 13 & 0x3FF);  // NaN: quiet, with what its payload has room for
  } else if (magnitude >= 0x477FF000) {
    half = 0x7C00;  // 65520 and more round to infinity
  } else if (magnitude >= 0x38800000) {
    // Normal: exponent bias 127 to 15, and the 13 last bits rounded to even.
    half = (magnitude - 0x38000000 + 0xFFF + (magnitude >> 13 & 1)) >> 13;
  } else {
    // Subnormal, a multiple of 2^-24: adding 0.5 has the processor round there, to even.
    const float sum = std::bit_cast<float>(magnitude) + 0.5F;
    half = std::bit_cast<std::uint32_t>(sum) - std::bit_cast<std::uint32_t>(0.5F);
  }
  return static_cast<std::uint16_t>(sign | half);
}

/// Converts a whole image, with the processor's own instruction where there is one: the same bits.
/// The spans have one length.
void to_float16(std::span<const float> values, std::span<std::uint16_t> halves);

}  // namespace mmgym
