#include "encoding/gzip.h"

#include <zlib.h>

#include <string>
#include <thread>

#include "catch.h"

using mmgym::OwnedBytes;

namespace {

std::string unzipped(const std::vector<std::byte>& compressed) {
  z_stream stream{};
  REQUIRE(::inflateInit2(&stream, 16 + MAX_WBITS) == Z_OK);
  std::string text(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  REQUIRE(::inflate(&stream, Z_FINISH) == Z_STREAM_END);
  CHECK(stream.avail_in == 0);
  text.resize(stream.total_out);
  ::inflateEnd(&stream);
  return text;
}

}  // namespace

TEST_CASE("Gzipped parts are one gzip member, which zlib reads, without name or time") {
  const std::vector parts = {OwnedBytes(std::string("a header, ")),
                             OwnedBytes(std::string(100000, '0'))};
  const std::vector<std::byte> compressed = mmgym::gzip(parts);
  CHECK(compressed.size() < 1000);
  CHECK(unzipped(compressed) == "a header, " + std::string(100000, '0'));
  for (std::size_t i = 3; i < 8; ++i) CHECK(compressed[i] == std::byte{0});  // flags and time
  CHECK(unzipped(mmgym::gzip({})).empty());
}

TEST_CASE("Gzipping gives the same bytes in every thread, and every time") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * i);
  const std::vector parts = {OwnedBytes(text)};
  const auto expected = mmgym::gzip(parts);
  CHECK(unzipped(expected) == text);
  std::vector<std::byte> in_thread;
  std::thread([&] { in_thread = mmgym::gzip(parts); }).join();
  CHECK(in_thread == expected);
  CHECK(mmgym::gzip(parts) == expected);
}
