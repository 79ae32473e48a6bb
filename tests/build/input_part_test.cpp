#include "build/input_part.h"

#include <vector>

#include "catch.h"

using mmgym::is_in_part;
using mmgym::Share;

TEST_CASE("Every file is in exactly one of n parts, whatever its folder and compression") {
  for (const std::uint64_t count : {1, 2, 7, 50}) {
    std::vector<std::uint64_t> sizes(count);
    for (int file = 0; file < 1000; ++file) {
      const std::string name = "af-p" + std::to_string(10000 + file) + "-f1-model_v4";
      int found = 0;
      for (std::uint64_t number = 0; number < count; ++number) {
        const Share part = {number, count};
        if (!is_in_part(name + ".cif", part)) continue;
        ++found;
        ++sizes[number];
        for (const char* path : {"x.cif.gz/../", "a/b/", ""})
          CHECK(is_in_part(path + name + ".bcif.gz", part));
        CHECK(is_in_part("AF-P" + name.substr(4) + ".cif.zst", part));
      }
      REQUIRE(found == 1);
    }
    // Parts are about equal.
    for (const std::uint64_t size : sizes) CHECK(size > 1000 / count / 3);
  }
}
