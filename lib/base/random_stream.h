#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <pcg_random.hpp>
#include <span>

namespace mmgym {

/// The stream of numbers that numpy.random.default_rng(seed) gives: a PCG64 generator (PCG XSL-RR
/// 128/64) that a SeedSequence has seeded. Every draw takes as many numbers from the stream as
/// numpy's.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed);

  /// Generator.uniform(): in [0, 1), the top 53 bits of one 64-bit number.
  double uniform();
  /// Generator.uniform(low, high).
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Generator.integers(count): in [0, count), by Lemire's method on 32 bits. `count` must be
  /// positive; 1 takes nothing from the stream.
  std::uint32_t integer(std::uint32_t count);

  /// Generator.choice(p.size(), p=p): an index, drawn with these probabilities. They must be
  /// positive; they are divided by their sum.
  std::size_t choice(std::span<const double> p);

  /// Three uniform(low, high).
  Eigen::Vector3d uniform_in_cube(double low, double high);
  /// A direction: draws points in the cube from -1 to 1 until one is in the unit ball, and
  /// normalizes it.
  Eigen::Vector3d direction();

 private:
  std::uint32_t next_32_bits();

  pcg64 generator_;
  // A 64-bit number gives two 32-bit numbers, its lower half first.
  bool has_upper_half_ = false;
  std::uint32_t upper_half_ = 0;
};

}  // namespace mmgym
