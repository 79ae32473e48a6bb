#pragma once

#include <bit>
#include <cstdint>
#include <span>

namespace mmgym {

/// Returns the bits of the IEEE 754 binary16 number nearest to `value`: ties go to even, numbers
/// that are too large to infinity.
inline std::uint16_t to_float16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000);
  const std::uint32_t magnitude = bits & 0x7FFFFFFF;
  std::uint32_t half = 0;
  if (magnitude > 0x7F800000) {
    half = 0x7E00 | (magnitude >> 13 & 0x3FF);  // NaN: quiet, payload truncated
  } else if (magnitude >= 0x477FF000) {
    half = 0x7C00;  // 65520 and more round to infinity
  } else if (magnitude >= 0x38800000) {
    // Normal: exponent bias 127 to 15, and the last 13 bits rounded to even.
    half = (magnitude - 0x38000000 + 0xFFF + (magnitude >> 13 & 1)) >> 13;
  } else {
    // Subnormal, a multiple of 2^-24: adding 0.5 makes the processor round to even there.
    const float sum = std::bit_cast<float>(magnitude) + 0.5F;
    half = std::bit_cast<std::uint32_t>(sum) - std::bit_cast<std::uint32_t>(0.5F);
  }
  return static_cast<std::uint16_t>(sign | half);
}

/// Converts a whole image to the same bits, with the processor's instruction if it has one. Throws
/// std::invalid_argument if the spans differ in length.
void to_float16(std::span<const float> values, std::span<std::uint16_t> halves);

}  // namespace mmgym
