#include "base/random_stream.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace mmgym {
namespace {

/// numpy's SeedSequence for one 64-bit entropy and a pool of four words. The algorithm is M. E.
/// O'Neill's seed_seq_fe ("Developing a seed_seq alternative", 2015).
class SeedSequence {
 public:
  explicit SeedSequence(std::uint64_t entropy) {
    // A seed of one word is mixed like the same seed padded with zeros.
    const std::array<std::uint32_t, 4> words = {static_cast<std::uint32_t>(entropy),
                                                static_cast<std::uint32_t>(entropy >> 32), 0, 0};
    std::uint32_t hash = 0x43b0d7e5;
    const auto hashed = [&hash](std::uint32_t value) {
      value ^= hash;
      hash *= 0x931e8875;
      value *= hash;
      return value ^ value >> 16;
    };
    const auto mixed = [](std::uint32_t x, std::uint32_t y) {
      const std::uint32_t result = x * 0xca01f9ddU - y * 0x4973f715U;
      return result ^ result >> 16;
    };
    for (std::size_t i = 0; i < pool_.size(); ++i) pool_[i] = hashed(words[i]);
    for (std::size_t from = 0; from < pool_.size(); ++from)
      for (std::size_t to = 0; to < pool_.size(); ++to)
        if (from != to) pool_[to] = mixed(pool_[to], hashed(pool_[from]));
  }

  /// generate_state(4, uint64).
  std::array<std::uint64_t, 4> state() const {
    std::array<std::uint32_t, 8> words{};
    std::uint32_t hash = 0x8b51f9dd;
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::uint32_t value = pool_[i % pool_.size()] ^ hash;
      hash *= 0x58f38ded;
      value *= hash;
      words[i] = value ^ value >> 16;
    }
    std::array<std::uint64_t, 4> result{};
    for (std::size_t i = 0; i < result.size(); ++i)
      result[i] = words[2 * i] | static_cast<std::uint64_t>(words[2 * i + 1]) << 32;
    return result;
  }

 private:
  std::array<std::uint32_t, 4> pool_{};
};

pcg64 seeded(std::uint64_t seed) {
  const auto s = SeedSequence(seed).state();
  const auto wide = [](std::uint64_t high, std::uint64_t low) {
    return static_cast<pcg_extras::pcg128_t>(high) << 64 | low;
  };
  return pcg64(wide(s[0], s[1]), wide(s[2], s[3]));
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed) : generator_(seeded(seed)) {}

double RandomStream::uniform() { return static_cast<double>(generator_() >> 11) * 0x1p-53; }

std::uint32_t RandomStream::next_32_bits() {
  if (has_upper_half_) {
    has_upper_half_ = false;
    return upper_half_;
  }
  const std::uint64_t both = generator_();
  has_upper_half_ = true;
  upper_half_ = static_cast<std::uint32_t>(both >> 32);
  return static_cast<std::uint32_t>(both);
}

std::uint32_t RandomStream::integer(std::uint32_t count) {
  if (count == 1) return 0;
  // D. Lemire, "Fast random integer generation in an interval", 2019.
  std::uint64_t product = std::uint64_t{next_32_bits()} * count;
  const std::uint32_t unfair = (0U - count) % count;
  while (static_cast<std::uint32_t>(product) < unfair)
    product = std::uint64_t{next_32_bits()} * count;
  return static_cast<std::uint32_t>(product >> 32);
}

std::size_t RandomStream::choice(std::span<const double> p) {
  std::vector<double> cumulative(p.size());
  std::partial_sum(p.begin(), p.end(), cumulative.begin());
  const double sum = cumulative.back();
  for (double& value : cumulative) value /= sum;
  // The last value is 1, and all draws are smaller.
  return static_cast<std::size_t>(
      std::upper_bound(cumulative.begin(), cumulative.end(), uniform()) - cumulative.begin());
}

Eigen::Vector3d RandomStream::uniform_in_cube(double low, double high) {
  Eigen::Vector3d point;
  for (double& coordinate : point) coordinate = uniform(low, high);
  return point;
}

Eigen::Vector3d RandomStream::direction() {
  while (true) {
    const Eigen::Vector3d point = uniform_in_cube(-1, 1);
    const double length = std::sqrt(point.squaredNorm());
    if (0 < length && length < 1) return point / length;
  }
}

}  // namespace mmgym
