#include "base/owned_bytes.h"

#include <string>
#include <vector>

#include "catch.h"

using mmgym::OwnedBytes;

TEST_CASE("Bytes live as long as they have an owner, and are then returned") {
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
