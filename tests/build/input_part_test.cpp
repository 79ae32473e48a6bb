#include "build/input_part.h"

#include <vector>

#include "build_gym.h"
#include "catch.h"

using mmgym::is_in_part;
using mmgym::keep_incomplete;
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

TEST_CASE("The files that a database lacks zones of are found by name") {
  const mmgym::testing::TemporaryFolder folder;
  const auto gym = mmgym::testing::build_gym(folder, {"2xhe", "1cbs", "7cfn"});
  const std::vector<mmgym::InputSource> all = {std::filesystem::path("in/1cbs.cif.gz"),
                                               std::filesystem::path("2xhe.cif.gz"),
                                               std::filesystem::path("2xhe.cif")};
  auto files = all;
  CHECK(keep_incomplete(gym, files) == 0);
  CHECK(files.empty());
  mmgym::Connection(gym, mmgym::Connection::Mode::read_write)
      .execute("UPDATE input SET incomplete = 1 WHERE name <> '1cbs.cif.gz'");
  files = all;
  CHECK(keep_incomplete(gym, files) == 1);  // 7CFN is not there
  REQUIRE(files.size() == 1);
  CHECK(files[0].name() == "2xhe.cif.gz");
}
