#pragma once

#include <cstdint>

namespace mmgym {

/// The indices of a run of samples, first <= i < first + count, in the order in which they are
/// written: epoch by epoch (an epoch is every zone once, so `zones` indices from a multiple of it
/// on), and within each epoch shuffled by a permutation that the seed and the epoch determine.
/// Computed on the fly; nothing is stored however many samples there are.
class SampleOrder {
 public:
  /// Requires zones > 0.
  SampleOrder(std::uint64_t zones, std::uint64_t first, std::uint64_t count, std::uint64_t seed)
      : zones_(zones), first_(first), count_(count), seed_(seed) {}

  std::uint64_t count() const { return count_; }

  /// The sample index at a position from 0 to count - 1.
  std::uint64_t index(std::uint64_t position) const;

 private:
  std::uint64_t zones_;
  std::uint64_t first_;
  std::uint64_t count_;
  std::uint64_t seed_;
};

/// The image of `value` under a pseudo-random permutation of 0 ... size - 1 that the key chooses.
/// Keys that lie less than 6 apart choose related permutations.
std::uint64_t permuted(std::uint64_t value, std::uint64_t size, std::uint64_t key);

}  // namespace mmgym
