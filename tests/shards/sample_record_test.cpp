#include "shards/sample_record.h"

#include "catch.h"

using mmgym::OwnedBytes;

TEST_CASE("A sample's key is its index in 12 digits, and still unique beyond") {
  CHECK(mmgym::sample_key(0) == "000000000000");
  CHECK(mmgym::sample_key(1234567) == "000001234567");
  CHECK(mmgym::sample_key(9223372036854775807) == "9223372036854775807");
}

TEST_CASE("A sample's files stand one after another under its key") {
  mmgym::MemorySink sink;
  mmgym::TarWriter tar(sink);
  write_sample(tar, {7, {{"npy.gz", {OwnedBytes(std::string("image"))}}, {"cls", {}}}, {}});
  const std::string& bytes = sink.bytes();
  CHECK(bytes.size() == 3 * 512);
  CHECK(bytes.starts_with(std::string("000000000007.npy.gz\0", 20)));
  CHECK(bytes.substr(1024).starts_with(std::string("000000000007.cls\0", 17)));
}

TEST_CASE("Bytes live as long as someone owns them, and are handed back after that") {
  bool returned = false;
  std::vector<float> pooled = {1, 2, 3};
  {
    const std::shared_ptr<const void> owner(pooled.data(), [&](const void*) { returned = true; });
    OwnedBytes bytes(owner, std::as_bytes(std::span(pooled)));
    const OwnedBytes copy = bytes;
    bytes = OwnedBytes(std::string("other"));
    CHECK(copy.size() == 12);
    CHECK_FALSE(returned);
  }
  CHECK(returned);

  std::vector<float> image(1000, 1.5F);
  const void* const data = image.data();
  CHECK(OwnedBytes(std::move(image)).view().data() == data);  // moved, not copied
}
