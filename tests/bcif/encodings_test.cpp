// Values of the specification's examples, and of others that were worked out by hand from it. Data
// is written as its bytes, so that these tests do not depend on the encoder of the others.

#include <cmath>
#include <limits>

#include "catch.h"
#include "decoded.h"

using namespace mmgym::testing;
using namespace mmgym::testing::bcif;
using Doubles = std::vector<double>;

namespace {

/// Data whose bytes are given.
json data_of(const std::vector<std::uint8_t>& bytes, const std::vector<json>& encodings) {
  return {{"data", json::binary(bytes)}, {"encoding", encodings}};
}

json packing(int byte_count, bool is_unsigned, int size) {
  return {{"kind", "IntegerPacking"},
          {"byteCount", byte_count},
          {"isUnsigned", is_unsigned},
          {"srcSize", size}};
}

json run_length(int size, Type type = kInt32) {
  return {{"kind", "RunLength"}, {"srcType", type}, {"srcSize", size}};
}

json delta(std::int64_t origin, Type type = kInt32) {
  return {{"kind", "Delta"}, {"srcType", type}, {"origin", origin}};
}

}  // namespace

TEST_CASE("ByteArray has numbers of eight types, little-endian and at any address") {
  CHECK(numbers(data_of({0, 1, 0x7f, 0x80, 0xff}, {byte_array(kInt8)}), 5) ==
        Doubles{0, 1, 127, -128, -1});
  CHECK(numbers(data_of({0x7f, 0x80, 0xff}, {byte_array(kUint8)}), 3) == Doubles{127, 128, 255});
  CHECK(numbers(data_of({0x34, 0x12, 0, 0x80}, {byte_array(kInt16)}), 2) ==
        Doubles{0x1234, -32768});
  CHECK(numbers(data_of({0x34, 0x12, 0, 0x80}, {byte_array(kUint16)}), 2) ==
        Doubles{0x1234, 32768});
  CHECK(numbers(data_of({0x78, 0x56, 0x34, 0x12, 0, 0, 0, 0x80}, {byte_array(kInt32)}), 2) ==
        Doubles{0x12345678, -2147483648.0});
  CHECK(numbers(data_of({0x78, 0x56, 0x34, 0x12, 0, 0, 0, 0x80}, {byte_array(kUint32)}), 2) ==
        Doubles{0x12345678, 2147483648.0});
  CHECK(numbers(data_of({0, 0, 0xc0, 0xbf}, {byte_array(kFloat32)}), 1) == Doubles{-1.5});
  CHECK(numbers(data_of({0, 0, 0, 0, 0, 0, 0xf8, 0xbf}, {byte_array(kFloat64)}), 1) ==
        Doubles{-1.5});
  CHECK(numbers(data_of({}, {byte_array(kInt32)}), 0).empty());

  for (std::size_t shift = 0; shift < 8; ++shift) {
    json whole = file_of(float_array({1.25, -7e300}), 2);
    whole["a"] = std::string(shift, 'a');
    const std::string bytes = packed(whole);
    const mmgym::BinaryCif cif(bytes, kMostBytes);
    const mmgym::BinaryColumn x = cif.blocks()[0].find("_atom_site")->column("x");
    CHECK(x.number(0) == 1.25);
    CHECK(x.number(1) == -7e300);
  }
}

TEST_CASE("FixedPoint divides in double precision") {
  const std::vector<json> encodings = {
      {{"kind", "FixedPoint"}, {"factor", 100}, {"srcType", kFloat32}}, byte_array(kUint8)};
  CHECK(numbers(data_of({120, 123, 12}, encodings), 3) == Doubles{1.2, 1.23, 0.12});
  CHECK(numbers(fixed_point({12.345, -0.001, 99999.999}, 1000).byte_array(kInt32), 3) ==
        Doubles{12.345, -0.001, 99999.999});
  CHECK(numbers(fixed_point({4294967.295}, 1000).byte_array(kUint32), 1) == Doubles{4294967.295});
}

TEST_CASE("Every decimal number of three digits is the double nearest to it") {
  std::vector<double> expected;
  std::vector<std::int64_t> integers;
  for (std::int64_t i = -20000; i < 20000; i += 7) {
    integers.push_back(i);
    expected.push_back(std::strtod((std::to_string(i) + "e-3").c_str(), nullptr));
  }
  const json encoding =
      json::array({{{"kind", "FixedPoint"}, {"factor", 1000.0}, {"srcType", kFloat32}}});
  CHECK(numbers(EncodedIntegers(integers, encoding).byte_array(kInt32), integers.size()) ==
        expected);
}

TEST_CASE("IntervalQuantization divides an interval into equal steps") {
  const std::vector<json> encodings = {{{"kind", "IntervalQuantization"},
                                        {"min", 1},
                                        {"max", 2},
                                        {"numSteps", 3},
                                        {"srcType", kFloat32}},
                                       byte_array(kUint8)};
  CHECK(numbers(data_of({0, 0, 1, 2, 2, 1}, encodings), 6) == Doubles{1, 1, 1.5, 2, 2, 1.5});
  CHECK(numbers(interval_quantization({0.5, 1, 1.5, 2, 3, 1.345}, 1, 2, 3).byte_array(kInt32), 6) ==
        Doubles{1, 1, 1.5, 2, 2, 1.5});
}

TEST_CASE("RunLength repeats values") {
  CHECK(numbers(data_of({1, 3, 2, 1, 3, 2}, {run_length(6), byte_array(kUint8)}), 6) ==
        Doubles{1, 1, 1, 2, 3, 3});
  CHECK(numbers(data_of({0xff, 2, 5, 0}, {run_length(2), byte_array(kInt8)}), 2) ==
        Doubles{-1, -1});
  CHECK(numbers(data_of({0xff, 1}, {run_length(1, kUint32), byte_array(kInt8)}), 1) ==
        Doubles{4294967295.0});
  CHECK(numbers(data_of({}, {run_length(0), byte_array(kInt32)}), 0).empty());
}

TEST_CASE("Delta adds differences to the origin") {
  CHECK(numbers(data_of({0, 3, 2, 1}, {delta(1000), byte_array(kInt8)}), 4) ==
        Doubles{1000, 1003, 1005, 1006});
  CHECK(numbers(data_of({}, {delta(7), byte_array(kInt8)}), 0).empty());
}

TEST_CASE("Delta wraps around in the type of its source, as encoders subtract") {
  CHECK(numbers(data_of({0, 1}, {delta(2147483647), byte_array(kInt8)}), 2) ==
        Doubles{2147483647.0, -2147483648.0});
  CHECK(numbers(data_of({0, 0xff}, {delta(0, kUint32), byte_array(kInt8)}), 2) ==
        Doubles{0, 4294967295.0});
  // 100 - (-100) is -56 in 8 bits.
  CHECK(numbers(data_of({0, 0xc8}, {delta(-100, kInt8), byte_array(kInt8)}), 2) ==
        Doubles{-100, 100});
  CHECK(numbers(data_of({0, 0xff}, {delta(0, kUint8), byte_array(kUint8)}), 2) == Doubles{0, 255});
  CHECK(numbers(data_of({0, 0xff}, {delta(0, kUint16), byte_array(kInt8)}), 2) ==
        Doubles{0, 65535});
  CHECK(numbers(data_of({1, 0x7f}, {delta(32700, kInt16), byte_array(kInt8)}), 2) ==
        Doubles{32701, -32708});
}

TEST_CASE("IntegerPacking joins values that exceed the small type") {
  CHECK(numbers(data_of({1, 2, 0xfd, 127, 1}, {packing(1, false, 4), byte_array(kInt8)}), 4) ==
        Doubles{1, 2, -3, 128});
  CHECK(
      numbers(data_of({127, 0, 128, 0, 128, 128, 0xff}, {packing(1, false, 3), byte_array(kInt8)}),
              3) == Doubles{127, -128, -257});
  CHECK(numbers(data_of({255, 0, 255, 255, 7, 254}, {packing(1, true, 3), byte_array(kUint8)}),
                3) == Doubles{255, 517, 254});
  CHECK(numbers(
            data_of({0xff, 0x7f, 2, 0, 0, 0x80, 0, 0}, {packing(2, false, 2), byte_array(kInt16)}),
            2) == Doubles{32769, -32768});
  CHECK(numbers(data_of({0xff, 0xff, 2, 0, 0xfe, 0xff}, {packing(2, true, 2), byte_array(kUint16)}),
                2) == Doubles{65537, 65534});
  // The small type can also come from another encoding.
  CHECK(numbers(data_of({127, 2, 1, 1}, {packing(1, false, 1), run_length(3), byte_array(kInt8)}),
                1) == Doubles{255});
}

TEST_CASE("Encodings are undone from last to first") {
  CHECK(numbers(data_of({1, 4}, {delta(0), run_length(4), packing(1, true, 2), byte_array(kUint8)}),
                4) == Doubles{1, 2, 3, 4});
}

TEST_CASE("StringArray has strings once, and an index for each row") {
  CHECK(texts(string_array("aAB", {0, 1, 3}, {0, 1, 0}), 3) ==
        std::vector<std::string>{"a", "AB", "a"});
  CHECK(texts(string_array("", {0, 0}, {0}), 1) == std::vector<std::string>{""});
  CHECK(texts(string_array("", {}, {-1, -1}), 2) == std::vector<std::string>{"", ""});
  CHECK(texts(string_array("", {0}, {}), 0).empty());
  CHECK(texts(string_array("xABy", {1, 3}, {0}), 1) == std::vector<std::string>{"AB"});
}

TEST_CASE("Offsets count bytes, UTF-16 units or characters: the last one is the end of the text") {
  const std::vector<std::string> expected = {"Å", "𝛼", "b", ""};
  CHECK(texts(string_array("Å𝛼b", {0, 2, 6, 7, 7}, {0, 1, 2, 3}), 4) == expected);
  CHECK(texts(string_array("Å𝛼b", {0, 1, 3, 4, 4}, {0, 1, 2, 3}), 4) == expected);
  CHECK(texts(string_array("Å𝛼b", {0, 1, 2, 3, 3}, {0, 1, 2, 3}), 4) == expected);
  // Within a pair of UTF-16 units
  CHECK(texts(string_array("Å𝛼b", {0, 2, 4}, {0, 1}), 2) == std::vector<std::string>{"Å𝛼", "b"});
}

TEST_CASE("The mask tells values that do not apply from unknown ones") {
  const json mask = EncodedIntegers({0, 1, 2, 0}).byte_array(kUint8);
  const std::string bytes = packed(file_of(string_array({"a", ".", "?", "d"}), 4, mask));
  const mmgym::BinaryCif cif(bytes, kMostBytes);
  const mmgym::BinaryColumn column = cif.blocks()[0].find("_atom_site")->column("x");
  CHECK(column.state(0) == mmgym::CifValue::present);
  CHECK(column.state(1) == mmgym::CifValue::not_applicable);
  CHECK(column.state(2) == mmgym::CifValue::unknown);
  CHECK(column.is_present(3));
  CHECK_FALSE(column.is_present(2));
  CHECK(texts(string_array({"a", ".", "?", "d"}), 4, mask) ==
        std::vector<std::string>{"a", "", "", "d"});
}

TEST_CASE("A row without a string is unknown, unless the mask says that it does not apply") {
  const json mask = EncodedIntegers({0, 1, 0}).run_length().byte_array(kInt32);
  const std::string bytes = packed(file_of(string_array("a", {0, 1}, {-1, -1, 0}), 3, mask));
  const mmgym::BinaryCif cif(bytes, kMostBytes);
  const mmgym::BinaryColumn column = cif.blocks()[0].find("_atom_site")->column("x");
  CHECK(column.state(0) == mmgym::CifValue::unknown);
  CHECK(column.state(1) == mmgym::CifValue::not_applicable);
  CHECK(column.state(2) == mmgym::CifValue::present);
}

TEST_CASE("A missing number is NaN and has no text") {
  const json mask = EncodedIntegers({0, 1, 2}).byte_array(kUint8);
  for (const json& data : {EncodedIntegers({5, 6, 7}).byte_array(kInt32),
                           EncodedIntegers({5, 6, 7}).byte_array(kUint32), float_array({5, 6, 7}),
                           string_array({"5", "6", "7"})}) {
    CAPTURE(data.dump());
    const std::vector<double> values = numbers(data, 3, mask);
    CHECK(values[0] == 5);
    CHECK(std::isnan(values[1]));
    CHECK(std::isnan(values[2]));
    CHECK(texts(data, 3, mask) == std::vector<std::string>{"5", "", ""});
  }
}
