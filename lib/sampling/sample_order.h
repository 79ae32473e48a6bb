#pragma once

#include <cstdint>

namespace mmgym {

/// The number of samples of a database: indices are from 0 to 2^63 - 1.
inline constexpr std::uint64_t kIndices = std::uint64_t{1} << 63;

/// The order in which the samples first <= i < first + count are written: epoch by epoch, and
/// shuffled within each epoch by a permutation that depends on the seed and the epoch. An epoch
/// contains every zone once: `zones` indices starting at a multiple of `zones`. The order is
/// computed on the fly and takes no memory.
class SampleOrder {
 public:
  /// Requires zones > 0.
  SampleOrder(std::uint64_t zones, std::uint64_t first, std::uint64_t count, std::uint64_t seed)
      : zones_(zones), first_(first), count_(count), seed_(seed) {}

  std::uint64_t count() const { return count_; }

  /// Returns the sample index at a position from 0 to count - 1.
  std::uint64_t index(std::uint64_t position) const;

 private:
  std::uint64_t zones_;
  std::uint64_t first_;
  std::uint64_t count_;
  std::uint64_t seed_;
};

/// Returns the image of `value` under a pseudo-random permutation of 0 ... size - 1 that the key
/// selects. Keys that differ by less than 6 select related permutations.
std::uint64_t permuted(std::uint64_t value, std::uint64_t size, std::uint64_t key);

}  // namespace mmgym
