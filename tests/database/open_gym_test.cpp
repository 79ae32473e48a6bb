#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>

#include "catch.h"
#include "database/gym_reader.h"
#include "folder_content.h"
#include "small_gym.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;
using testing::write_small_gym;

namespace {

/// Kills a process in the middle of a change whose first half is in the file already.
void leave_unfinished_change(const std::filesystem::path& path) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    try {
      Connection connection = open_gym(path, Connection::Mode::read_write);
      connection.execute(
          "PRAGMA cache_size = 1; BEGIN; UPDATE structure SET model_id = 'half'; "
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
          "INSERT INTO rejected SELECT 'a path of a file', i, NULL, 'read', 'a reason', 0 FROM n");
      ::kill(::getpid(), SIGKILL);
    } catch (const std::exception&) {
    }
    ::_exit(1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
}

std::string model_id(GymReader& reader) {
  Statement row(reader.connection(), "SELECT model_id FROM structure");
  row.first_row();
  return std::string(row.text(0));
}

/// Acts as a user without privileges, so that permissions also apply to root.
class WithoutPrivileges {
 public:
  WithoutPrivileges() : user_(::geteuid()) {
    if (user_ == 0) REQUIRE(::seteuid(65534) == 0);
  }
  ~WithoutPrivileges() { (void)!::seteuid(user_); }
  WithoutPrivileges(const WithoutPrivileges&) = delete;
  WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;

 private:
  uid_t user_;
};

/// Removes write permission from a folder and the files in it.
void protect(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    std::filesystem::permissions(entry.path(), std::filesystem::perms{0444});
  std::filesystem::permissions(folder, std::filesystem::perms{0555});
}

void unprotect(const std::filesystem::path& folder) {
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
}

}  // namespace

TEST_CASE(
    "A change that a killed process left unfinished is undone when the database is opened to "
    "read") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  const std::string before = testing::slurp(path);
  leave_unfinished_change(path);
  REQUIRE(std::filesystem::exists(path.string() + "-journal"));
  REQUIRE(testing::slurp(path) != before);
  GymReader reader(path);
  CHECK(model_id(reader) == "1");
  CHECK(count_rows(reader.connection()).rejected == 0);
  CHECK(testing::slurp(path) == before);
  CHECK_FALSE(std::filesystem::exists(path.string() + "-journal"));
}

TEST_CASE("A process that may not undo an unfinished change reports it") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  leave_unfinished_change(path);
  protect(folder.path());
  std::string message;
  {
    const WithoutPrivileges user;
    try {
      GymReader reader(path);
    } catch (const DatabaseError& error) {
      message = error.what();
    }
  }
  unprotect(folder.path());
  CHECK(message ==
        path.string() +
            ": has unfinished changes of a killed process; run any mmgym command on it with "
            "permission to write");
}

TEST_CASE("A file that is not a gym database, or has another schema version, is refused") {
  const testing::TemporaryFolder folder;
  CHECK_THROWS_WITH(GymReader(folder.path() / "none.sqlite"), contains("no such file"));
  CHECK_THROWS_WITH(GymReader(folder.path()), contains("a folder"));
  CHECK_THROWS_WITH(GymReader(folder.write("text.sqlite", std::string(5000, 'x'))),
                    contains("not a gym database"));
  const auto other = folder.path() / "other.sqlite";
  Connection(other, Connection::Mode::create).execute("CREATE TABLE t (x)");
  CHECK_THROWS_WITH(GymReader(other), contains("not a gym database"));

  const auto newer = write_small_gym(folder);
  Connection(newer, Connection::Mode::read_write).execute("PRAGMA user_version = 999");
  CHECK_THROWS_WITH(GymReader(newer), contains("schema version 999") && contains("newer mmgym"));
}

TEST_CASE("The error for a database without read permission gives the reason") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  std::filesystem::permissions(path, std::filesystem::perms::none);
  std::string message;
  {
    // Only root may enter the folder of the test.
    std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
    const WithoutPrivileges user;
    try {
      GymReader reader(path);
    } catch (const DatabaseError& error) {
      message = error.what();
    }
  }
  CHECK_THAT(message, contains(path.string()) && contains("Permission denied"));
}

TEST_CASE("A damaged database is a DatabaseError") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  std::string bytes = testing::slurp(path);
  std::fill(bytes.begin() + 100, bytes.begin() + 4096, '\x55');
  folder.write("gym.sqlite", bytes);
  CHECK_THROWS_AS(GymReader(path), DatabaseError);
  CHECK_THROWS_WITH(GymReader(path), contains("malformed"));
}

TEST_CASE("A lack of file descriptors is a MachineError, not a DatabaseError") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  // UBSan opens a pipe when it first sees an object of a class.
  const MachineError seen({}, "seen");
  std::exception_ptr thrown;
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
  const rlimit low{0, limit.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &low) == 0);
  try {
    GymReader reader(path);
  } catch (...) {
    thrown = std::current_exception();
  }
  ::setrlimit(RLIMIT_NOFILE, &limit);
  REQUIRE(thrown);
  CHECK_THROWS_AS(std::rethrow_exception(thrown), MachineError);
  CHECK_THROWS_WITH(
      std::rethrow_exception(thrown),
      path.string() + ": cannot be opened: unable to open database file: Too many open files");
}

TEST_CASE("A full or broken disk is a MachineError, and the database can be used later") {
  const testing::TemporaryFolder folder;
  const auto path = write_small_gym(folder);
  Connection connection = open_gym(path, Connection::Mode::read_write);
  const std::string add =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
      "INSERT INTO rejected SELECT 'a path of a file', i, NULL, 'read', 'a reason', 0 FROM n";
  SECTION("full") {
    connection.execute("PRAGMA max_page_count = 40");
    CHECK_THROWS_AS(connection.execute(add), WriteError);
    CHECK_THROWS_WITH(connection.execute(add),
                      contains(path.string()) && contains("No space left on device"));
  }
  SECTION("broken") {
    // A limit on the size of files simulates a broken disk.
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    struct sigaction before {};
    REQUIRE(::sigaction(SIGXFSZ, &ignore, &before) == 0);
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
    const rlimit low{std::filesystem::file_size(path) + 4096, limit.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &low) == 0);
    std::string message;
    try {
      connection.execute(add);
    } catch (const MachineError& error) {
      message = error.what();
    } catch (const std::exception& error) {
      message = std::string("of the wrong kind: ") + error.what();
    }
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::sigaction(SIGXFSZ, &before, nullptr);
    CHECK_THAT(message, contains(path.string() + ": statement failed: disk I/O error: "));
  }
  connection.execute("PRAGMA max_page_count = 100000; " + add);
}
