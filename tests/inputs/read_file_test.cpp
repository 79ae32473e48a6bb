#include "inputs/read_file.h"

#include <libdeflate.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <zstd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "base/errors.h"
#include "catch.h"
#include "temporary_folder.h"

using mmgym::checksum;
using mmgym::decompressed;
using mmgym::read_bytes;
using mmgym::read_file;
using mmgym::testing::contains;

namespace {

std::string gzip(const std::string& text) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);  // like the program zstd
  out.resize(ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return out;
}

}  // namespace

TEST_CASE("Plain and gzip text is read, regardless of the file name") {
  const mmgym::testing::TemporaryFolder folder;
  const std::string text(200000, 'x');
  CHECK(read_file(folder.write("a.cif", text)) == text);
  CHECK(read_file(folder.write("b.cif.gz", gzip(text))) == text);
  CHECK(read_file(folder.write("c.cif", gzip(text))) == text);
  CHECK(read_file(folder.write("d.gz", gzip(text) + gzip("tail"))) == text + "tail");
}

TEST_CASE("Zstandard data is read, and refused if it is cut short or damaged") {
  const mmgym::testing::TemporaryFolder folder;
  std::string text(300000, 'x');
  for (std::size_t i = 0; i < text.size(); i += 7) text[i] = static_cast<char>('a' + i % 26);
  CHECK(read_file(folder.write("a.cif.zst", zstd(text))) == text);
  CHECK(read_file(folder.write("b.zst", zstd(std::string(10000000, 'y')) + zstd("tail"))) ==
        std::string(10000000, 'y') + "tail");
  std::string packed = zstd(text);
  CHECK_THROWS_WITH(read_file(folder.write("c.zst", packed.substr(0, packed.size() / 2))),
                    contains("cut short"));
  packed[20] ^= 0x40;
  CHECK_THROWS_AS(read_file(folder.write("d.zst", packed)), mmgym::InputError);
}

TEST_CASE("A gzip file that is cut short, damaged or missing is refused, an empty file is read") {
  const mmgym::testing::TemporaryFolder folder;
  std::string packed = gzip(std::string(5000, 'x') + "abc");
  CHECK_THROWS_WITH(read_file(folder.write("a.gz", packed.substr(0, packed.size() / 2))),
                    contains("cut short"));
  CHECK_THROWS_WITH(read_file(folder.write("a.gz", packed.substr(0, 5))), contains("cut short"));
  packed[packed.size() / 2] ^= 0x40;
  CHECK_THROWS_WITH(read_file(folder.write("b.gz", packed)), contains("damaged"));
  CHECK(read_file(folder.write("c.cif", "")).empty());
  CHECK_THROWS_WITH(read_file(folder.path() / "none.cif"), contains("cannot be opened"));
  CHECK_THROWS_WITH(read_file(folder.path()), contains("folder"));
}

TEST_CASE("The checksum of a file covers its bytes without decompression") {
  const mmgym::testing::TemporaryFolder folder;
  CHECK(checksum("") == 0);
  CHECK(checksum("123456789") == 0xcbf43926);  // the check value of CRC-32
  const std::string packed = gzip("text");
  const std::string bytes = read_bytes(folder.write("a.gz", packed));
  CHECK(bytes == packed);
  CHECK(checksum(bytes) == checksum(packed));
  CHECK(decompressed(bytes) == "text");
}

namespace {

mmgym::InputLimits text_limit(int megabytes) {
  mmgym::InputLimits limits;
  limits.max_text_MB = megabytes;
  return limits;
}

/// Most bytes that this process has held in memory, in kB.
long peak_kB() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

constexpr const char* kTooMuchText = "the file has more than 1 MB of text; --max-text allows more";

}  // namespace

TEST_CASE("A text above its limit is refused, however it is compressed") {
  const mmgym::testing::TemporaryFolder folder;
  std::string text(1000001, 'x');
  for (std::size_t i = 0; i < text.size(); i += 7) text[i] = static_cast<char>('a' + i * i % 26);
  const auto limits = text_limit(1);
  for (const std::string& bytes : {text, gzip(text), zstd(text), gzip(zstd(text)),
                                   gzip(text.substr(0, 600000)) + gzip(text.substr(0, 600000)),
                                   zstd(text.substr(0, 600000)) + zstd(text.substr(0, 600000))}) {
    CHECK_THROWS_WITH(decompressed(bytes, limits), kTooMuchText);
    CHECK_THROWS_WITH(read_file(folder.write("a", bytes), limits), kTooMuchText);
    CHECK(decompressed(bytes, text_limit(2)).size() >= text.size());
  }
  text.pop_back();
  for (const std::string& bytes : {text, gzip(text), zstd(text), gzip(zstd(text))})
    CHECK(decompressed(bytes, limits) == text);
}

TEST_CASE("Text that compresses very well is read if it is within the limit") {
  const std::string text(3000000, ' ');
  const auto limits = text_limit(3);
  CHECK(decompressed(gzip(text), limits) == text);
  CHECK(decompressed(zstd(text), limits) == text);
  CHECK(decompressed(gzip(zstd(text)), limits) == text);
  CHECK(decompressed(gzip("head") + gzip(text), text_limit(4)) == "head" + text);
  CHECK(decompressed(zstd("head") + zstd(text), text_limit(4)) == "head" + text);
}

TEST_CASE("Compressed data that holds terabytes is refused in little memory") {
  // A frame without a size, as from a pipe, and the same 300 million zeros many times.
  const std::string zeros = [] {
    const std::string text(300000000, '\0');
    std::string out(ZSTD_compressBound(text.size()), '\0');
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    out.resize(ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size()));
    ZSTD_freeCCtx(context);
    return out;
  }();
  std::string frames;
  for (int i = 0; i < 40; ++i) frames += zeros;
  const std::string bomb = gzip(frames);  // as in an attack: a few kB with 12 GB
  const long before_kB = peak_kB();
  CHECK_THROWS_WITH(decompressed(bomb),
                    "the file has more than 4000 MB of text; --max-text allows "
                    "more");
  CHECK_THROWS_WITH(decompressed(gzip(std::string(100000000, '\0')), text_limit(50)),
                    contains("--max-text"));
  CHECK(peak_kB() - before_kB < 200000);
}

TEST_CASE("Many members and frames take no more memory than their text") {
  std::string members;
  std::string frames;
  for (int i = 0; i < 200000; ++i) {
    members += gzip("");
    frames += zstd("");
  }
  CHECK(decompressed(members + gzip("tail")) == "tail");
  CHECK(decompressed(frames + zstd("tail")) == "tail");
}

TEST_CASE("Data that compresses very well and is damaged is refused as damaged") {
  std::string packed = gzip(std::string(5000000, 'x'));
  CHECK_THROWS_WITH(decompressed(packed.substr(0, packed.size() - 4)), contains("cut short"));
  packed[packed.size() / 2] ^= 0x40;
  CHECK_THROWS_WITH(decompressed(packed), contains("damaged"));
  // The size at the end of the file is wrong.
  packed = gzip(std::string(5000000, 'x'));
  packed.back() = '\x7f';
  CHECK_THROWS_WITH(decompressed(packed), contains("damaged"));
  packed = zstd(std::string(5000000, 'x'));
  CHECK_THROWS_WITH(decompressed(packed.substr(0, packed.size() - 4)), contains("cut short"));
}

TEST_CASE("A file that is larger than a text may be is not read") {
  const mmgym::testing::TemporaryFolder folder;
  const auto path = folder.write("a.cif", "");
  std::filesystem::resize_file(path, std::uintmax_t{1} << 40);
  CHECK_THROWS_WITH(read_file(path), contains("more than 4000 MB of text"));
}

TEST_CASE("A pipe is not waited for") {
  const mmgym::testing::TemporaryFolder folder;
  const auto pipe = folder.path() / "pipe.cif";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_THROWS_WITH(read_bytes(pipe), "is not a regular file");
  CHECK_THROWS_WITH(read_bytes("/dev/zero"), "is not a regular file");
  CHECK_THROWS_WITH(read_bytes(folder.path()), "is a folder");
}

TEST_CASE("A file is read when other threads have closed theirs") {
  const mmgym::testing::TemporaryFolder folder;
  const auto path = folder.write("a.cif", "data_1ABC");
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
  const rlimit none{0, limit.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  std::string first_error;
  try {
    read_bytes(path);
  } catch (const mmgym::MachineError& error) {
    first_error = error.what();
  }
  {
    const std::jthread other([&limit] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      ::setrlimit(RLIMIT_NOFILE, &limit);
    });
    CHECK(read_bytes(path) == "data_1ABC");
  }
  CHECK(first_error == path.string() + ": cannot be opened: Too many open files");
}
