#include "shards/tar.h"

#include <vector>

#include "catch.h"

using mmgym::OwnedBytes;

namespace {

std::string text(const mmgym::TarBlock& block) {
  return {reinterpret_cast<const char*>(block.data()), block.size()};
}

}  // namespace

TEST_CASE("A tar header is a POSIX ustar header without owner or time") {
  const std::string header = text(mmgym::tar_header("000000000042.npy", 884864));
  CHECK(header.substr(0, 17) == std::string("000000000042.npy\0", 17));
  CHECK(header.substr(100, 8) == std::string("0000644\0", 8));
  CHECK(header.substr(108, 8) == std::string("0000000\0", 8));
  CHECK(header.substr(116, 8) == std::string("0000000\0", 8));
  CHECK(header.substr(124, 12) == std::string("00003300200\0", 12));
  CHECK(header.substr(136, 12) == std::string("00000000000\0", 12));
  CHECK(header[156] == '0');
  CHECK(header.substr(257, 8) == std::string("ustar\00000", 8));
  CHECK(header.substr(265, 64) == std::string(64, '\0'));

  unsigned sum = 8 * ' ';
  for (std::size_t i = 0; i < 512; ++i)
    if (i < 148 || i >= 156) sum += static_cast<unsigned char>(header[i]);
  CHECK(std::stoul(header.substr(148, 6), nullptr, 8) == sum);
  CHECK(header.substr(154, 2) == std::string("\0 ", 2));
}

TEST_CASE("A tar header is read as it was written") {
  for (const std::uint64_t size : {0ULL, 1ULL, 511ULL, 512ULL, (1ULL << 33) - 1}) {
    for (const std::string& name : {std::string("a"), std::string(100, 'n')}) {
      const auto entry = mmgym::parse_tar_header(mmgym::tar_header(name, size));
      REQUIRE(entry);
      CHECK(entry->name == name);
      CHECK(entry->size == size);
    }
  }
  CHECK_FALSE(mmgym::parse_tar_header(mmgym::TarBlock{}));
}

TEST_CASE("A damaged tar header is refused") {
  for (const std::size_t offset : {0, 5, 99, 125, 150, 257, 300, 511}) {
    mmgym::TarBlock block = mmgym::tar_header("name.npy", 1000);
    block[offset] ^= std::byte{2};
    CHECK_THROWS_AS(mmgym::parse_tar_header(block), std::runtime_error);
  }
}

TEST_CASE("Names and sizes that do not fit into a tar header are refused") {
  CHECK_THROWS_AS(mmgym::tar_header("", 0), std::length_error);
  CHECK_THROWS_AS(mmgym::tar_header(std::string(101, 'n'), 0), std::length_error);
  CHECK_THROWS_AS(mmgym::tar_header("large", 1ULL << 33), std::length_error);
}

TEST_CASE("A tar archive is headers, padded content and two blocks of zeros, in whole records") {
  mmgym::MemorySink sink;
  mmgym::TarWriter tar(sink);
  const std::vector parts = {OwnedBytes(std::string("one, ")), OwnedBytes(std::string("two"))};
  const std::vector block = {OwnedBytes(std::string(512, 'b'))};
  tar.add(std::vector<mmgym::TarFile>{{"a.txt", parts}, {"empty", {}}});
  tar.add(std::vector<mmgym::TarFile>{{"block", block}});
  tar.finish();

  const std::string& bytes = sink.bytes();
  CHECK(bytes.substr(0, 512) == text(mmgym::tar_header("a.txt", 8)));
  CHECK(bytes.substr(512, 512) == "one, two" + std::string(504, '\0'));
  CHECK(bytes.substr(1024, 512) == text(mmgym::tar_header("empty", 0)));
  CHECK(bytes.substr(1536, 512) == text(mmgym::tar_header("block", 512)));
  CHECK(bytes.substr(2048, 512) == std::string(512, 'b'));
  CHECK(bytes.size() == 10240);
  CHECK(bytes.find_first_not_of('\0', 2560) == std::string::npos);
}

TEST_CASE("A tar archive of any size ends in two blocks of zeros") {
  for (std::size_t files = 0; files < 45; ++files) {
    mmgym::MemorySink sink;
    mmgym::TarWriter tar(sink);
    for (std::size_t i = 0; i < files; ++i) tar.add(std::vector<mmgym::TarFile>{{"file", {}}});
    tar.finish();
    REQUIRE(sink.bytes().size() % 10240 == 0);
    REQUIRE(sink.bytes().size() >= (files + 2) * 512);
    REQUIRE(sink.bytes().size() < (files + 2) * 512 + 10240);
  }
}
