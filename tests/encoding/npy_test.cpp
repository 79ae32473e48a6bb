#include "encoding/npy.h"

#include <vector>

#include "catch.h"

using mmgym::npy_header;
using Shape = std::vector<std::uint64_t>;

TEST_CASE("A .npy header has NumPy's format") {
  const std::string header = npy_header("<f4", Shape{2, 8, 24, 24, 24});
  const std::string dict =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 8, 24, 24, 24), }";
  CHECK(header.substr(0, 10) == std::string("\x93NUMPY\x01\x00\x76\x00", 10));
  CHECK(header.substr(10, dict.size()) == dict);
  CHECK(header.size() == 128);
  CHECK(header.find_first_not_of(' ', 10 + dict.size()) == 127);
  CHECK(header.back() == '\n');
}

TEST_CASE("A .npy header has a tuple for shapes of no, one and two axes") {
  CHECK_THAT(npy_header("<u4", Shape{7}), mmgym::testing::contains("'shape': (7,), }"));
  CHECK_THAT(npy_header("<f2", Shape{0, 3}), mmgym::testing::contains("'shape': (0, 3), }"));
  CHECK_THAT(npy_header("<f8", Shape{}), mmgym::testing::contains("'shape': (), }"));
}

TEST_CASE("A .npy header is a multiple of 64 bytes for any shape") {
  for (std::size_t axes = 0; axes < 70; ++axes) {
    const std::string header = npy_header("<f4", Shape(axes, 1));
    REQUIRE(header.size() % 64 == 0);
    const auto length =
        static_cast<unsigned char>(header[8]) + 256U * static_cast<unsigned char>(header[9]);
    REQUIRE(10 + length == header.size());
    REQUIRE(header.substr(0, header.find_last_not_of(" \n") + 1).ends_with(", }"));
  }
  CHECK_THROWS_AS(npy_header("<f4", Shape(30000, 1)), std::length_error);
}
