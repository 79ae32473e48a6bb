#include "shards/write_sample.h"

#include "base/byte_sink.h"
#include "catch.h"

using mmgym::OwnedBytes;

TEST_CASE("A sample's files are written one after another, named by its key") {
  mmgym::MemorySink sink;
  mmgym::TarWriter tar(sink);
  write_sample(tar, {7, {{"npy.gz", {OwnedBytes(std::string("image"))}}, {"cls", {}}}, {}});
  const std::string& bytes = sink.bytes();
  CHECK(bytes.size() == 3 * 512);
  CHECK(bytes.starts_with(std::string("000000000007.npy.gz\0", 20)));
  CHECK(bytes.substr(1024).starts_with(std::string("000000000007.cls\0", 17)));
}
