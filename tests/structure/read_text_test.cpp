#include "structure/read_text.h"

#include <libdeflate.h>

#include <fstream>

#include "catch.h"
#include "structure/structure.h"
#include "temporary_folder.h"

using mmgym::read_text;
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

}  // namespace

TEST_CASE("Text is read plain or gzipped, whatever the name says") {
  const mmgym::testing::TemporaryFolder folder;
  const std::string text(200000, 'x');
  CHECK(read_text(folder.write("a.cif", text)) == text);
  CHECK(read_text(folder.write("b.cif.gz", gzip(text))) == text);
  CHECK(read_text(folder.write("c.cif", gzip(text))) == text);
  CHECK(read_text(folder.write("d.gz", gzip(text) + gzip("tail"))) == text + "tail");
}

TEST_CASE("A file that is cut short, damaged, empty or missing is refused") {
  const mmgym::testing::TemporaryFolder folder;
  std::string packed = gzip(std::string(5000, 'x') + "abc");
  CHECK_THROWS_WITH(read_text(folder.write("a.gz", packed.substr(0, packed.size() / 2))),
                    contains("cut short"));
  CHECK_THROWS_WITH(read_text(folder.write("a.gz", packed.substr(0, 5))), contains("cut short"));
  packed[packed.size() / 2] ^= 0x40;
  CHECK_THROWS_WITH(read_text(folder.write("b.gz", packed)), contains("damaged"));
  CHECK_THROWS_WITH(read_text(folder.write("c.cif", "")), contains("empty"));
  CHECK_THROWS_WITH(read_text(folder.path() / "none.cif"), contains("cannot be opened"));
  CHECK_THROWS_WITH(read_text(folder.path()), contains("folder"));
}
