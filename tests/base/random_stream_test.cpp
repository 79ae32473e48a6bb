#include "base/random_stream.h"

#include <vector>

#include "catch.h"

using mmgym::RandomStream;

// Expected numbers were printed by numpy 2.4.6: default_rng(seed).uniform(), .integers(n).
TEST_CASE("Random numbers are the same as numpy's") {
  RandomStream zero(0);
  CHECK(zero.uniform() == 0.6369616873214543);
  CHECK(zero.uniform() == 0.2697867137638703);
  CHECK(zero.uniform() == 0.04097352393619469);

  RandomStream large(0x7fffffffffffffff);
  CHECK(large.uniform() == 0.1754661243027813);

  RandomStream integers(42);
  std::vector<std::uint32_t> drawn;
  for (int i = 0; i < 8; ++i) drawn.push_back(integers.integer(1000));
  CHECK(drawn == std::vector<std::uint32_t>{89, 773, 654, 438, 433, 858, 85, 697});
}

TEST_CASE("Choices with probabilities are the same as numpy's") {
  // numpy: [default_rng(seed).choice(len(p), p=p) for _ in range(16)]
  const auto drawn = [](std::uint64_t seed, const std::vector<double>& p) {
    RandomStream stream(seed);
    std::vector<std::size_t> indices;
    for (int i = 0; i < 16; ++i) indices.push_back(stream.choice(p));
    return indices;
  };
  using Indices = std::vector<std::size_t>;
  CHECK(drawn(0, {0.8, 0.1, 0.1}) == Indices{0, 0, 0, 0, 1, 2, 0, 0, 0, 2, 1, 0, 1, 0, 0, 0});
  CHECK(drawn(1, {0.25, 0.75}) == Indices{1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1});
  CHECK(drawn(7, {0.2, 0.3, 0.1, 0.4}) == Indices{3, 3, 3, 1, 1, 3, 0, 3, 3, 1, 1, 1, 1, 1, 2, 2});
}

TEST_CASE("A choice of one takes nothing from the stream, and two 32-bit numbers share a draw") {
  RandomStream a(7);
  RandomStream b(7);
  CHECK(a.integer(1) == 0);
  CHECK(a.uniform() == b.uniform());
  // The second small integer uses the other half of the same 64 bits.
  a.integer(10);
  a.integer(10);
  b.uniform();
  CHECK(a.uniform() == b.uniform());
}
