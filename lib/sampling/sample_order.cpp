#include "sampling/sample_order.h"

#include <algorithm>
#include <bit>

namespace mmgym {
namespace {

/// SplitMix64's finalizer (S. Vigna). Every bit of the result depends on every bit of the value.
std::uint64_t scrambled(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
  value = (value ^ value >> 27) * 0x94d049bb133111eb;
  return value ^ value >> 31;
}

}  // namespace

std::uint64_t permuted(std::uint64_t value, std::uint64_t size, std::uint64_t key) {
  if (size < 2) return value;
  // A Feistel network permutes numbers of an even number of bits. Repeating it until the value is
  // below `size` (fewer than four steps on average) permutes 0 ... size - 1.
  const int half_bits = (std::bit_width(size - 1) + 1) / 2;
  const std::uint64_t mask = (std::uint64_t{1} << half_bits) - 1;
  constexpr int kRounds = 6;
  do {
    std::uint64_t left = value >> half_bits;
    std::uint64_t right = value & mask;
    for (int round = 0; round < kRounds; ++round) {
      const std::uint64_t mixed = left ^ (scrambled(right ^ scrambled(key + round)) & mask);
      left = right;
      right = mixed;
    }
    value = left << half_bits | right;
  } while (value >= size);
  return value;
}

std::uint64_t SampleOrder::index(std::uint64_t position) const {
  const std::uint64_t in_file_order = first_ + position;
  const std::uint64_t epoch = in_file_order / zones_;
  const std::uint64_t begin = std::max(first_, epoch * zones_);
  const std::uint64_t end = std::min(first_ + count_, (epoch + 1) * zones_);
  // The permutation also uses the numbers after its key, so keys must not be consecutive.
  const std::uint64_t key = scrambled(scrambled(seed_) ^ epoch);
  return begin + permuted(in_file_order - begin, end - begin, key);
}

}  // namespace mmgym
