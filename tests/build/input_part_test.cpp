#include "build/input_part.h"

#include <vector>

#include "base/errors.h"
#include "catch.h"

using mmgym::InputPart;
using mmgym::parse_input_part;

TEST_CASE("Every file is in exactly one of n parts, whatever its folder and compression") {
  for (const int count : {1, 2, 7, 50}) {
    std::vector<int> sizes(count);
    for (int file = 0; file < 1000; ++file) {
      const std::string name = "af-p" + std::to_string(10000 + file) + "-f1-model_v4";
      int found = 0;
      for (int number = 0; number < count; ++number) {
        const InputPart part = {number, count};
        if (!part.contains(name + ".cif")) continue;
        ++found;
        ++sizes[number];
        for (const char* path : {"x.cif.gz/../", "a/b/", ""})
          CHECK(part.contains(path + name + ".bcif.gz"));
        CHECK(part.contains("AF-P" + name.substr(4) + ".cif.zst"));
      }
      REQUIRE(found == 1);
    }
    // Parts are about equal.
    for (const int size : sizes) CHECK(size > 1000 / count / 3);
  }
}

TEST_CASE("A part is k/n with k less than n") {
  CHECK(parse_input_part("3/8").text() == "3/8");
  for (const char* text : {"", "3", "/", "8/8", "-1/8", "0/0", "1/-2", "0x1/8", "1/8/2", " 1/8"})
    CHECK_THROWS_AS(parse_input_part(text), mmgym::UsageError);
}
