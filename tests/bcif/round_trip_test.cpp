// What an independent encoder writes is decoded to the same values, for random values.

#include <algorithm>
#include <cmath>
#include <random>

#include "catch.h"
#include "decoded.h"

using namespace mmgym::testing;
using namespace mmgym::testing::bcif;

namespace {

constexpr int kCases = 300;

class RandomValues {
 public:
  explicit RandomValues(unsigned seed) : engine_(seed) {}

  std::int64_t integer(std::int64_t least, std::int64_t most) {
    return least +
           static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(most - least + 1));
  }

  /// Up to 60 integers of 32 bits: small or large ones, in runs, and those at which encodings
  /// change.
  std::vector<std::int64_t> integers() {
    constexpr std::int64_t kEdges[] = {0,     127,    128,    254,        255,        256,
                                       32766, 32767,  32768,  65534,      65535,      65536,
                                       -128,  -32768, -32769, 2147483647, -2147483648};
    const std::int64_t range = std::int64_t{1} << integer(1, 18);
    std::vector<std::int64_t> values;
    for (std::int64_t left = integer(0, 60); left > 0; --left) {
      const std::int64_t kind = integer(0, 9);
      if (kind == 0) {
        values.push_back(kEdges[integer(0, 14)]);
      } else if (kind < 5 && !values.empty()) {
        values.push_back(values.back());
      } else {
        values.push_back(integer(-range, range));
      }
    }
    return values;
  }

 private:
  std::mt19937_64 engine_;
};

std::vector<double> as_doubles(const std::vector<std::int64_t>& values) {
  return {values.begin(), values.end()};
}

bool are_in(const std::vector<std::int64_t>& values, std::int64_t least, std::int64_t most) {
  return std::all_of(values.begin(), values.end(),
                     [&](std::int64_t value) { return value >= least && value <= most; });
}

/// Applies a random chain of encodings.
json random_chain(EncodedIntegers data, RandomValues& random) {
  if (random.integer(0, 1) == 0) data = data.delta(random.integer(-70000, 70000));
  if (random.integer(0, 1) == 0) data = data.run_length();
  if (random.integer(0, 5) == 0) data = data.delta();
  if (are_in(data.values(), -3000000, 3000000) && random.integer(0, 3) != 0) {
    const bool is_unsigned = are_in(data.values(), 0, 3000000) && random.integer(0, 1) == 0;
    const int bytes = static_cast<int>(random.integer(1, 2));
    const Type one = is_unsigned ? kUint8 : kInt8;
    const Type two = is_unsigned ? kUint16 : kInt16;
    return data.integer_packing(bytes, is_unsigned).byte_array(bytes == 1 ? one : two);
  }
  return data.byte_array(kInt32);
}

}  // namespace

TEST_CASE("Integers in any chain of encodings are read as written") {
  RandomValues random(1);
  for (int i = 0; i < kCases; ++i) {
    const std::vector<std::int64_t> values = random.integers();
    const json data = random_chain(EncodedIntegers(values), random);
    INFO("case " << i << ": " << data.dump());
    REQUIRE(numbers(data, values.size()) == as_doubles(values));
    std::vector<std::string> expected;
    for (const std::int64_t value : values) expected.push_back(std::to_string(value));
    REQUIRE(texts(data, values.size()) == expected);
  }
}

TEST_CASE("Decimal numbers in any chain of encodings are read as written") {
  RandomValues random(2);
  for (int i = 0; i < kCases; ++i) {
    const auto digits = static_cast<int>(random.integer(0, 4));
    const double factor = std::pow(10, digits);
    std::vector<double> values;
    for (const std::int64_t value : random.integers())
      values.push_back(
          std::strtod((std::to_string(value) + "e-" + std::to_string(digits)).c_str(), nullptr));
    const json data = random_chain(fixed_point(values, factor), random);
    INFO("case " << i << ": " << data.dump());
    REQUIRE(numbers(data, values.size()) == values);
  }
}

TEST_CASE("Any double is read as written, and its text gives the same double") {
  RandomValues random(3);
  for (int i = 0; i < kCases; ++i) {
    const double value = std::ldexp(static_cast<double>(random.integer(-(1LL << 53), 1LL << 53)),
                                    static_cast<int>(random.integer(-1100, 900)));
    REQUIRE(numbers(float_array({value}), 1) == std::vector<double>{value});
    const std::string text = texts(float_array({value}), 1).front();
    INFO(text);
    REQUIRE(std::strtod(text.c_str(), nullptr) == value);
    REQUIRE(numbers(string_array({text}), 1) == std::vector<double>{value});
  }
}

TEST_CASE("Quantized values are within half a step") {
  RandomValues random(4);
  for (int i = 0; i < kCases; ++i) {
    const double least = static_cast<double>(random.integer(-1000, 1000)) / 8;
    const double width = static_cast<double>(random.integer(1, 1000)) / 8;
    const auto steps = static_cast<int>(random.integer(2, 70000));
    std::vector<double> values;
    for (int n = 0; n < 20; ++n)
      values.push_back(least + width * static_cast<double>(random.integer(0, 1 << 20)) / (1 << 20));
    const auto read = numbers(
        random_chain(interval_quantization(values, least, least + width, steps), random), 20);
    for (std::size_t n = 0; n < values.size(); ++n)
      REQUIRE(std::abs(read[n] - values[n]) <= width / (steps - 1) * 0.5000001);
  }
}

TEST_CASE("Strings and masks are read as written") {
  RandomValues random(5);
  for (int i = 0; i < kCases; ++i) {
    std::vector<std::string> values;
    std::vector<std::int64_t> mask;
    for (std::int64_t left = random.integer(0, 40); left > 0; --left) {
      std::string value;
      for (std::int64_t n = random.integer(0, 4); n > 0; --n)
        value += static_cast<char>(random.integer('A', 'D'));
      mask.push_back(random.integer(0, 5) < 3 ? 0 : random.integer(0, 2));
      values.push_back(value);
    }
    const json data = string_array(values);
    std::vector<std::string> expected = values;
    for (std::size_t n = 0; n < mask.size(); ++n)
      if (mask[n] != 0) expected[n].clear();
    REQUIRE(texts(data, values.size()) == values);
    REQUIRE(texts(data, values.size(), random_chain(EncodedIntegers(mask), random)) == expected);
  }
}
