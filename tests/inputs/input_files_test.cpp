#include "inputs/input_files.h"

#include "catch.h"
#include "inputs/read_file.h"
#include "tar_bytes.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

namespace {

std::vector<std::string> names_of(
    const std::vector<std::string>& inputs, const OnRemark& on_remark = [](const auto&) {}) {
  std::vector<std::string> names;
  for (const auto& source : input_files(inputs, on_remark)) names.push_back(source.name());
  return names;
}

}  // namespace

TEST_CASE("Folders are searched for mmCIF files, and lists contain inputs") {
  const testing::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "ab");
  for (const char* name :
       {"ab/1ABC.CIF.GZ", "ab/2abc.cif", "0.cif", "notes.txt", "x.pdb", "ab/3.bcif", "ab/4.bcif.gz",
        "ab/5.cif.zst", "ab/6.bcif.zst", "ab/7.cif.gz.zst", "ab/8.json.gz"})
    folder.write(name, "");
  const auto root = folder.path().string();
  const std::vector<std::string> all = {
      root + "/0.cif",        root + "/ab/1ABC.CIF.GZ", root + "/ab/2abc.cif",  root + "/ab/3.bcif",
      root + "/ab/4.bcif.gz", root + "/ab/5.cif.zst",   root + "/ab/6.bcif.zst"};
  CHECK(names_of({root}) == all);
  const auto list =
      folder.write("list.txt", "# two\n" + root + "/0.cif\r\n\n" + root + "/notes.txt\n");
  CHECK(names_of({"@" + list.string()}) == std::vector<std::string>{all[0], root + "/notes.txt"});
  CHECK_THROWS_WITH(input_files({root + "/none"}), contains("no such file"));
  CHECK_THROWS_WITH(input_files({root + "/0.cif/none"}), contains("cannot be opened: Not a dir"));
  CHECK_THROWS_WITH(input_files({"@" + root + "/none"}), contains("/none: cannot be opened: No"));
  CHECK_THROWS_WITH(input_files({"@" + root}), contains(root + ": is a folder"));
  std::filesystem::create_directories(folder.path() / "empty");
  CHECK_THROWS_WITH(input_files({root + "/empty"}), contains("no *.cif"));
}

TEST_CASE("Archives are inputs on the command line, in lists and in folders") {
  const testing::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "in");
  const std::string root = folder.path().string() + "/in";
  folder.write("in/b.TAR", testing::tar_member("x/2.bcif.gz", "two") +
                               testing::tar_member("x/2.json.gz", "") +
                               testing::tar_member("1.cif", "one") + testing::tar_end());
  folder.write("in/a.cif", "a");
  folder.write("in/c.cif", "c");
  const auto list = folder.write("list.txt", root + "/b.TAR\n");
  const std::vector<std::string> members = {root + "/b.TAR/1.cif", root + "/b.TAR/x/2.bcif.gz"};
  const std::vector<std::string> all = {root + "/a.cif", members[0], members[1], root + "/c.cif"};
  CHECK(names_of({root + "/b.TAR"}) == members);
  CHECK(names_of({"@" + list.string()}) == members);
  CHECK(names_of({root}) == all);
  const auto sources = input_files({root});
  CHECK(read_bytes(sources[1]) == "one");
  CHECK(read_bytes(sources[2]) == "two");
  CHECK(read_bytes(sources[3]) == "c");

  for (const char* ending : {".tar.gz", ".TGZ", ".tar.zst", ".tar.xz", ".tar.bz2"}) {
    const auto packed = folder.write("in/p" + std::string(ending), "x").string();
    CHECK_THROWS_WITH(input_files({packed}), packed +
                                                 ": is a compressed archive; decompress it to a "
                                                 ".tar, in which members can be read one by one");
  }
  std::vector<std::string> remarks;
  CHECK(names_of({root}, [&remarks](const auto& remark) { remarks.push_back(remark); }) == all);
  CHECK(remarks.size() == 5);
  CHECK_THAT(remarks[0], contains("p.TGZ: is a compressed archive; ") && contains("; skipped"));
  CHECK_THROWS_WITH(input_files({folder.write("none.tar", testing::tar_end()).string()}),
                    contains("no *.cif or *.bcif files"));
}
