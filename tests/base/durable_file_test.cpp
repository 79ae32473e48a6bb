#include "base/durable_file.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
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

TEST_CASE("A second writer of a file is told who writes it") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.txt";
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  const pid_t other = ::fork();
  if (other == 0) {
    const DurableFile file(path);
    static_cast<void>(::write(pipe[1], "x", 1));
    ::pause();
    ::_exit(0);
  }
  char ready = 0;
  REQUIRE(::read(pipe[0], &ready, 1) == 1);
  CHECK_THROWS_WITH(DurableFile(path), contains("a.txt: is being written by another"));
#ifdef __linux__
  CHECK_THROWS_WITH(DurableFile(path),
                    contains("another mmgym (process " + std::to_string(other) + ")"));
#endif
  CHECK_THROWS_AS(write_durably(path, std::string("content")), DataError);
  ::kill(other, SIGKILL);
  ::waitpid(other, nullptr, 0);
  write_durably(path, std::string("content"));
  CHECK(content_of(folder.path()) == std::map<std::string, std::string>{{"a.txt", "content"}});
  ::close(pipe[0]);
  ::close(pipe[1]);
}
