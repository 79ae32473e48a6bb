#include "inputs/search_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/errors.h"
#include "catch.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;
namespace fs = std::filesystem;

namespace {

/// What a search finds in a folder, with paths relative to it.
struct Found {
  explicit Found(const fs::path& folder) {
    const auto is_wanted = [](const std::string& name) { return name.ends_with(".cif"); };
    for (const auto& path : search_folder(
             folder, is_wanted, [this](const auto& remark) { remarks.push_back(remark); }))
      files.push_back(path.lexically_relative(folder).string());
  }

  bool has_remark(const std::string& part) const {
    return std::any_of(remarks.begin(), remarks.end(), [&part](const auto& remark) {
      return remark.find(part) != std::string::npos;
    });
  }

  std::vector<std::string> files;
  std::vector<std::string> remarks;
};

}  // namespace

TEST_CASE("Files are found in the order of their paths, also behind links") {
  const testing::TemporaryFolder folder;
  fs::create_directories(folder.path() / "in" / "b");
  fs::create_directories(folder.path() / "other");
  for (const char* name : {"in/b/2.cif", "in/c.cif", "in/notes.txt", "other/1.cif"})
    folder.write(name, "");
  fs::create_directory_symlink("../other", folder.path() / "in" / "a");
  fs::create_symlink("c.cif", folder.path() / "in" / "d.cif");
  const Found found(folder.path() / "in");
  CHECK(found.files == std::vector<std::string>{"a/1.cif", "b/2.cif", "c.cif", "d.cif"});
  CHECK(found.remarks.empty());
}

TEST_CASE("Links in a circle have an end") {
  const testing::TemporaryFolder folder;
  fs::create_directories(folder.path() / "a" / "b");
  folder.write("a/1.cif", "");
  fs::create_directory_symlink("..", folder.path() / "a" / "b" / "up");
  fs::create_directory_symlink(".", folder.path() / "here");
  const Found found(folder.path());
  CHECK(found.files == std::vector<std::string>{"a/1.cif"});
  CHECK(found.remarks.size() == 2);
  CHECK(found.has_remark("a/b/up: links to a folder that is searched already; skipped"));
  CHECK(found.has_remark("here: links to a folder that is searched already; skipped"));
}

TEST_CASE("Many folders that link to one another are each searched once") {
  const testing::TemporaryFolder folder;
  constexpr int kFolders = 12;  // with 12! ways through all of them
  for (int i = 0; i < kFolders; ++i) {
    const std::string name = std::to_string(i);
    fs::create_directory(folder.path() / name);
    folder.write(name + "/" + name + ".cif", "");
    for (int k = 0; k < kFolders; ++k)
      fs::create_directory_symlink("../" + std::to_string(k),
                                   folder.path() / name / ("to" + std::to_string(k)));
  }
  CHECK(Found(folder.path()).files.size() == kFolders);
}

TEST_CASE("Files that are not regular are left out, and those that cannot be read are not") {
  const testing::TemporaryFolder folder;
  REQUIRE(::mkfifo((folder.path() / "pipe.cif").c_str(), 0600) == 0);
  REQUIRE(::mkfifo((folder.path() / "pipe").c_str(), 0600) == 0);
  fs::create_symlink("/dev/null", folder.path() / "null.cif");
  fs::create_symlink("itself.cif", folder.path() / "itself.cif");
  fs::create_symlink("itself", folder.path() / "itself");
  fs::create_symlink("gone.cif", folder.path() / "link.cif");
  folder.write("1.cif", "");
  const Found found(folder.path());
  CHECK(found.files == std::vector<std::string>{"1.cif", "itself.cif", "link.cif"});
  CHECK(found.remarks.size() == 3);
  CHECK(found.has_remark("/pipe.cif: is not a regular file; skipped"));
  CHECK(found.has_remark("/null.cif: is not a regular file; skipped"));
  CHECK(found.has_remark("/itself: cannot be followed: Too many levels of symbolic links"));
}

TEST_CASE("A subfolder that cannot be read is skipped, and the folder itself is an error") {
  const testing::TemporaryFolder folder;
  folder.write("1.cif", "");
  const auto here = fs::current_path();
  // Its path becomes too long for the system.
  fs::current_path(folder.path());
  for (int i = 0; i < 20; ++i) {
    const std::string name(250, 'x');
    fs::create_directory(name);
    fs::current_path(name);
  }
  fs::current_path(here);
  const Found found(folder.path());
  CHECK(found.files == std::vector<std::string>{"1.cif"});
  CHECK(found.has_remark("File name too long; skipped"));
  CHECK_THROWS_WITH(Found(folder.path() / "none"), contains("none: cannot be followed: No such"));
  CHECK_THROWS_AS(Found(folder.path() / "1.cif"), InputError);
  if (::geteuid() != 0) {
    fs::create_directory(folder.path() / "closed");
    fs::permissions(folder.path() / "closed", fs::perms::none);
    CHECK(
        Found(folder.path()).has_remark("closed: cannot be searched: Permission denied; skipped"));
    fs::permissions(folder.path() / "closed", fs::perms::owner_all);
  }
}
