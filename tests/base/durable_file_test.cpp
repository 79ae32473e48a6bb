#include "base/durable_file.h"

#include <fstream>

#include "catch.h"
#include "folder_content.h"
#include "temporary_folder.h"

using namespace mmgym;
using namespace mmgym::testing;

TEST_CASE("A file that another library writes appears when it is complete, or not at all") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.txt";
  write_durably(path, [&](const std::filesystem::path& temporary) {
    std::ofstream(temporary) << "whole";
    CHECK_FALSE(std::filesystem::exists(path));
  });
  CHECK(content_of(folder.path()) == std::map<std::string, std::string>{{"a.txt", "whole"}});
  CHECK_THROWS_WITH(write_durably(path,
                                  [](const std::filesystem::path& temporary) {
                                    std::ofstream(temporary) << "half";
                                    throw std::runtime_error("enough");
                                  }),
                    "enough");
  CHECK(content_of(folder.path()) == std::map<std::string, std::string>{{"a.txt", "whole"}});
}

TEST_CASE("The error for a file that cannot be written names the file, not the temporary file") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "none" / "a.txt";
  CHECK_THROWS_WITH(write_durably(path, [](const std::filesystem::path&) {}),
                    contains("none/a.txt: No such file or directory"));
}

TEST_CASE("A path without a folder is in the current folder") {
  const TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  write_durably("a.txt", std::string("content"));
  std::filesystem::current_path(before);
  CHECK(content_of(folder.path()) == std::map<std::string, std::string>{{"a.txt", "content"}});
}
