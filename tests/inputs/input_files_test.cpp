#include "inputs/input_files.h"

#include "catch.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

TEST_CASE("Folders are searched for mmCIF files, and lists contain inputs") {
  const testing::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "ab");
  for (const char* name : {"ab/1ABC.CIF.GZ", "ab/2abc.cif", "0.cif", "notes.txt", "x.pdb"})
    folder.write(name, "");
  const auto root = folder.path().string();
  const std::vector<std::filesystem::path> all = {root + "/0.cif", root + "/ab/1ABC.CIF.GZ",
                                                  root + "/ab/2abc.cif"};
  CHECK(input_files({root}) == all);
  const auto list =
      folder.write("list.txt", "# two\n" + root + "/ab\r\n\n" + root + "/notes.txt\n");
  CHECK(input_files({"@" + list.string()}) ==
        std::vector<std::filesystem::path>{all[1], all[2], root + "/notes.txt"});
  CHECK_THROWS_WITH(input_files({root + "/none"}), contains("no such file"));
  CHECK_THROWS_WITH(input_files({root + "/0.cif/none"}), contains("cannot be opened: Not a dir"));
  CHECK_THROWS_WITH(input_files({"@" + root + "/none"}), contains("/none: cannot be opened: No"));
  CHECK_THROWS_WITH(input_files({"@" + root}), contains(root + ": is a folder"));
  std::filesystem::create_directories(folder.path() / "empty");
  CHECK_THROWS_WITH(input_files({root + "/empty"}), contains("no *.cif"));
}
