#include "encoding/stored_images.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

#include "catch.h"
#include "encoding/gzip.h"
#include "encoding/npy.h"
#include "shards/shard_record.h"

using namespace mmgym;

namespace {

using Bytes = std::vector<std::byte>;
using Shape = std::vector<std::uint64_t>;

template <typename T>
Bytes npy(std::string_view dtype, const Shape& shape, const std::vector<T>& values) {
  const std::string header = npy_header(dtype, shape);
  Bytes bytes(header.size() + values.size() * sizeof(T));
  std::memcpy(bytes.data(), header.data(), header.size());
  std::ranges::copy(std::as_bytes(std::span(values)),
                    bytes.begin() + static_cast<std::ptrdiff_t>(header.size()));
  return bytes;
}

Bytes gzipped(const Bytes& bytes) {
  const OwnedBytes part(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  return gzip({&part, 1});
}

const Shape kShape = {1, 2, 2, 1};
const std::vector<float> kImages = {0, 0.5F, 0, -2};

}  // namespace

TEST_CASE("Images are the same in every encoding of a shard") {
  const auto dense = npy<float>("<f4", kShape, kImages);
  const auto half = npy<std::uint16_t>("<f2", kShape, {0, 0x3800, 0, 0xc000});
  const auto places = npy<std::uint32_t>("<u4", {2}, {1, 3});
  const auto values = npy<float>("<f4", {2}, {0.5F, -2});
  CHECK(stored_images({{"npy", dense}}, kShape) == kImages);
  CHECK(stored_images({{"npy", half}, {"cls", {}}}, kShape) == kImages);
  CHECK(stored_images({{"npy.gz", gzipped(dense)}}, kShape) == kImages);
  CHECK(stored_images({{"idx.npy", places}, {"val.npy", values}}, kShape) == kImages);
  CHECK(stored_images({{"idx.npy.gz", gzipped(places)}, {"val.npy.gz", gzipped(values)}}, kShape) ==
        kImages);
}

TEST_CASE("Half-precision numbers are read exactly") {
  const auto array =
      parse_npy(npy<std::uint16_t>("<f2", {6}, {0x0001, 0x03ff, 0x0400, 0x3c01, 0x7bff, 0x8001}));
  CHECK(array.values ==
        std::vector<double>{0x1p-24, 1023 * 0x1p-24, 0x1p-14, 1 + 0x1p-10, 65504, -0x1p-24});
}

TEST_CASE("Sparse images with places that do not ascend are refused") {
  const auto sparse = [](const std::vector<std::uint32_t>& places) {
    const std::vector<float> values(places.size(), 1);
    return std::map<std::string, Bytes>{
        {"idx.npy", npy<std::uint32_t>("<u4", {places.size()}, places)},
        {"val.npy", npy<float>("<f4", {values.size()}, values)}};
  };
  CHECK(stored_images(sparse({0, 3}), kShape) == std::vector<float>{1, 0, 0, 1});
  CHECK_THROWS_WITH(stored_images(sparse({3, 0}), kShape), "idx.npy has places that do not ascend");
  CHECK_THROWS_WITH(stored_images(sparse({1, 1}), kShape), "idx.npy has places that do not ascend");
  CHECK_THROWS_WITH(stored_images(sparse({1, 4}), kShape), "idx.npy has a voxel outside the image");
}

TEST_CASE("Shapes whose product overflows and voxels that are not finite are refused") {
  constexpr auto kHuge = std::uint64_t{1} << 32;
  CHECK_THROWS_AS(number_of_values(Shape{kHuge, kHuge}), ShardError);
  CHECK(number_of_values(Shape{kHuge, 0, kHuge}) == 0);
  // 2^64 values overflow to 0, as many as there are.
  CHECK_THROWS_AS(parse_npy(npy<float>("<f4", {kHuge, kHuge}, {})), ShardError);
  CHECK_THROWS_AS(stored_images({{"npy", npy<float>("<f4", kShape, {0, HUGE_VALF, 0, 0})}}, kShape),
                  ShardError);
  CHECK_THROWS_AS(stored_images({{"npy", npy<float>("<f4", kShape, {0, NAN, 0, 0})}}, kShape),
                  ShardError);
}

TEST_CASE("The content of a gzip file is not unpacked if it is larger than expected") {
  const auto packed = gzipped(Bytes(1 << 20));
  CHECK(gunzip(packed, 1 << 20).size() == 1 << 20);
  CHECK_THROWS_WITH(gunzip(packed, (1 << 20) - 1), "the content of a gzip file is too large");
}

TEST_CASE("Damaged images are refused") {
  const auto dense = npy<float>("<f4", kShape, kImages);
  CHECK_THROWS_AS(stored_images({{"npy", dense}}, {4}), ShardError);
  CHECK_THROWS_AS(stored_images({{"cls", {}}}, kShape), ShardError);
  CHECK_THROWS_AS(stored_images({{"npy", Bytes(dense.begin(), dense.end() - 1)}}, kShape),
                  ShardError);
  CHECK_THROWS_AS(stored_images({{"npy", Bytes(20)}}, kShape), ShardError);
  CHECK_THROWS_AS(stored_images({{"idx.npy", npy<std::uint32_t>("<u4", {1}, {4})},
                                 {"val.npy", npy<float>("<f4", {1}, {1})}},
                                kShape),
                  ShardError);
  auto packed = gzipped(dense);
  packed.back() = std::byte{0xff};
  CHECK_THROWS_AS(gunzip(packed, 1 << 20), ShardError);
  packed.resize(packed.size() / 2);
  CHECK_THROWS_AS(gunzip(packed, 1 << 20), ShardError);
}
