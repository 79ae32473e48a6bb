#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "catch.h"
#include "example.h"
#include "folder_content.h"
#include "shards/shard_folder.h"
#include "shards/verify_shards.h"
#include "temporary_folder.h"

using namespace mmgym;
using namespace mmgym::testing;

namespace {

using Shards = std::vector<std::uint64_t>;

void overwrite(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

}  // namespace

TEST_CASE("An interrupted folder is finished with the same bytes as an uninterrupted one") {
  const TemporaryFolder place;
  const Example example;
  const ShardPlan plan = example.plan(20, 4);
  write_all(place.path() / "uninterrupted", plan);
  const auto expected = content_of(place.path() / "uninterrupted");

  for (const std::uint64_t stop : {0, 1, 4, 14, 19}) {
    const auto path = place.path() / std::to_string(stop);
    {
      ShardFolder folder(path, plan);
      CHECK(write_missing(folder, example, stop) == stop);
    }
    // A destroyed writer leaves no file. A killed process leaves files like these.
    if (stop < 4)
      CHECK_FALSE(std::filesystem::exists(path));
    else
      CHECK(content_of(path).size() == 1 + stop / 4);
    std::filesystem::create_directories(path);
    overwrite(path / ".shard-000003.tar.tmp", "half a shard");
    overwrite(path / ".progress.jsonl.tmp", "{");
    overwrite(path / ".index.json.tmp", "{");
    overwrite(path / ".shard-notes.tmp", "not ours");

    ShardFolder folder(path, plan);
    CHECK_FALSE(folder.complete());
    CHECK(folder.missing_shards().size() == 5 - stop / 4);
    CHECK(write_missing(folder, example) == 20 - stop / 4 * 4);
    CHECK(folder.complete());
    auto content = content_of(path);
    CHECK(content.erase(".shard-notes.tmp") == 1);
    CHECK(content == expected);
  }
}

TEST_CASE("A program that is killed repeatedly ends with the same bytes and damages no shard") {
  const TemporaryFolder place;
  const Example example;
  const ShardPlan plan = example.plan(120, 4);
  write_all(place.path() / "uninterrupted", plan);
  const auto expected = content_of(place.path() / "uninterrupted");

  const auto path = place.path() / "killed";
  std::mt19937 random(3);
  int kills = 0;
  for (bool done = false; !done;) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      try {
        ShardFolder folder(path, plan);
        write_missing(folder, example);
      } catch (const std::exception&) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    // Each kill lengthens the time limit, so that the program finishes eventually.
    std::this_thread::sleep_for(
        std::chrono::microseconds(random() % (3000 + 500 * static_cast<unsigned>(kills))));
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) {
      REQUIRE(WEXITSTATUS(status) == 0);
      done = kills > 0;
      // On a busy machine it may finish before the first kill. This tests nothing: start again.
      if (!done) std::filesystem::remove_all(path);
    } else {
      ++kills;
    }
    if (std::filesystem::exists(path))
      for (const auto& [name, bytes] : content_of(path))
        if (is_shard_name(name) || name == "index.json") REQUIRE(bytes == expected.at(name));
  }
  CHECK(content_of(path) == expected);
}

TEST_CASE("Only shards that are missing or have the wrong size are made again") {
  const TemporaryFolder place;
  const Example example;
  const ShardPlan plan = example.plan(20, 4);
  write_all(place.path() / "uninterrupted", plan);
  const auto expected = content_of(place.path() / "uninterrupted");
  const auto path = place.path() / "shards";
  const auto damage = [&] {
    std::filesystem::remove(path / "shard-000000.tar");
    std::filesystem::resize_file(path / "shard-000002.tar", 10240);
  };

  SECTION("before the folder is finished") {
    {
      ShardFolder folder(path, plan);
      write_missing(folder, example, 16);
    }
    damage();
    ShardFolder folder(path, plan);
    CHECK(folder.missing_shards() == Shards{0, 2, 4});
    CHECK(write_missing(folder, example) == 12);
  }
  SECTION("after it is finished") {
    write_all(path, plan);
    damage();
    ShardFolder folder(path, plan);
    CHECK_FALSE(folder.complete());
    CHECK(folder.missing_shards() == Shards{0, 2});
    CHECK(write_missing(folder, example) == 8);
  }
  CHECK(content_of(path) == expected);
}

TEST_CASE("A shard that is made again and differs from the index is removed") {
  const TemporaryFolder place;
  const Example example;
  write_all(place.path(), example.plan(4, 2));
  std::filesystem::remove(place.path() / "shard-000001.tar");
  ShardFolder folder(place.path(), example.plan(4, 2));
  ShardWriter writer = folder.start_shard(1);
  writer.write(example.sample(2));
  writer.write(example.sample(99));
  CHECK_THROWS_WITH(folder.finish_shard(std::move(writer)),
                    contains("the shard differs from index.json"));
  CHECK_FALSE(std::filesystem::exists(place.path() / "shard-000001.tar"));
}

TEST_CASE("A folder with an index is complete, even if progress.jsonl was not removed") {
  const TemporaryFolder place;
  const Example example;
  const ShardPlan plan = example.plan(8, 4);
  {
    ShardFolder folder(place.path(), plan);
    write_missing(folder, example, 7);
  }
  const std::string progress = slurp(place.path() / "progress.jsonl");
  write_all(place.path(), plan);
  const auto expected = content_of(place.path());
  overwrite(place.path() / "progress.jsonl", progress);

  ShardFolder folder(place.path(), plan);
  CHECK(folder.complete());
  CHECK(folder.missing_shards().empty());
  folder.finish();
  CHECK(content_of(place.path()) == expected);
}

TEST_CASE("A shard is finished when its line in progress.jsonl is complete") {
  const TemporaryFolder place;
  const Example example;
  const ShardPlan plan = example.plan(20, 4);
  {
    ShardFolder folder(place.path(), plan);
    write_missing(folder, example, 12);
  }
  const std::string progress = slurp(place.path() / "progress.jsonl");
  CHECK(std::count(progress.begin(), progress.end(), '\n') == 4);
  for (const std::size_t cut : {1, 2, 30}) {
    overwrite(place.path() / "progress.jsonl", progress.substr(0, progress.size() - cut));
    CHECK(ShardFolder(place.path(), plan).missing_shards() == Shards{2, 3, 4});
  }
}

TEST_CASE("A folder in which no shard was finished is left as it was found") {
  const TemporaryFolder place;
  const Example example;
  const ShardPlan plan = example.plan(20, 4);
  SECTION("a missing folder is removed again, with its parents") {
    {
      ShardFolder folder(place.path() / "a" / "b", plan);
      write_missing(folder, example, 3);
    }
    CHECK(std::filesystem::is_empty(place.path()));
  }
  SECTION("an existing folder keeps its files") {
    overwrite(place.path() / "README", "about these shards");
    { const ShardFolder folder(place.path(), plan); }
    CHECK(content_of(place.path()).size() == 1);
  }
  SECTION("a shard that progress.jsonl does not list yet keeps its plan") {
    {
      ShardFolder folder(place.path(), plan);
      write_missing(folder, example, 4);
    }
    const std::string progress = slurp(place.path() / "progress.jsonl");
    overwrite(place.path() / "progress.jsonl", progress.substr(0, progress.find('\n') + 1));
    { const ShardFolder folder(place.path(), plan); }
    CHECK(ShardFolder(place.path(), plan).missing_shards().size() == 5);
  }
}

TEST_CASE("A folder made with other parameters is left unchanged, and the differences are listed") {
  const TemporaryFolder place;
  const Example example;
  {
    ShardFolder folder(place.path(), example.plan(20, 4));
    if (GENERATE(true, false))
      write_missing(folder, example);
    else
      write_missing(folder, example, 10);
  }
  const auto before = content_of(place.path());
  ShardPlan other = example.plan(20, 5);
  other.description["parameters"]["seed"] = 2;
  other.description["parameters"]["noise"] = {{"angle", 10}};
  CHECK_THROWS_WITH(
      ShardFolder(place.path(), other),
      contains(place.path().string() + ": contains shards made with other parameters") &&
          contains("parameters.seed is 1 there, 2 here") &&
          contains("parameters.noise is absent there, {\"angle\":10} here") &&
          contains("samples_per_shard is 4 there, 5 here") && !contains("resolution"));
  CHECK_THROWS_AS(ShardFolder(place.path(), other), ShardError);
  CHECK(content_of(place.path()) == before);
}

TEST_CASE("A folder with another name or version is continued and verified") {
  const TemporaryFolder place;
  const Example example;
  ShardPlan old_plan = example.plan(20, 4);
  old_plan.description["written_by"] = "version 1";
  ShardPlan new_plan = old_plan;
  new_plan.name = "renamed";
  new_plan.description["written_by"] = "version 2";
  write_all(place.path() / "new", new_plan);
  const auto expected = content_of(place.path() / "new");

  const auto path = place.path() / "old";
  SECTION("a finished folder is complete and keeps its index") {
    write_all(path, old_plan);
    const auto before = content_of(path);
    CHECK(ShardFolder(path, new_plan).complete());
    CHECK(verify_shards(path, new_plan).empty());
    CHECK(content_of(path) == before);
  }
  SECTION("an interrupted folder is finished under the new name") {
    {
      ShardFolder folder(path, old_plan);
      write_missing(folder, example, 10);
    }
    ShardFolder folder(path, new_plan);
    CHECK(folder.missing_shards() == Shards{2, 3, 4});
    write_missing(folder, example);
    CHECK(content_of(path) == expected);
  }
  SECTION("other parameters are refused") {
    write_all(path, old_plan);
    new_plan.description["parameters"]["seed"] = 2;
    CHECK_THROWS_WITH(ShardFolder(path, new_plan), contains("parameters.seed is 1 there, 2 here") &&
                                                       !contains("renamed") &&
                                                       !contains("version"));
    CHECK(verify_shards(path, new_plan).size() == 1);
  }
}

TEST_CASE("Numbers and texts that JSON cannot represent do not count as differences") {
  const TemporaryFolder place;
  ShardPlan plan = Example().plan(8, 4);
  plan.description["infinite"] = HUGE_VAL;
  plan.description["path"] = "no UTF-8: \xff";
  for (const std::uint64_t stop : {4, 8, 8}) {
    ShardFolder folder(place.path(), plan);
    write_missing(folder, Example(), stop);
  }
  CHECK(ShardFolder(place.path(), plan).complete());
}

TEST_CASE("A folder with files of unknown origin is refused and left unchanged") {
  const TemporaryFolder place;
  const ShardPlan plan = Example().plan(4, 4);
  std::string message;
  SECTION("shards") {
    overwrite(place.path() / "shard-000000.tar", "someone's");
    message = "contains shard-000000.tar of unknown origin, but neither index.json nor";
  }
  SECTION("an index of something else") {
    overwrite(place.path() / "index.json", R"({"pages": []})");
    message = "index.json: not an index of shards";
  }
  SECTION("a damaged index") {
    write_all(place.path(), plan);
    auto index = nlohmann::json::parse(slurp(place.path() / "index.json"));
    index["shardlist"][0].erase("md5sum");
    overwrite(place.path() / "index.json", index.dump());
    message = "index.json: shardlist[0].md5sum is missing";
  }
  SECTION("damaged progress") {
    overwrite(place.path() / "progress.jsonl", "{");
    message = "progress.jsonl is damaged: it does not begin with a JSON object";
  }
  const auto before = content_of(place.path());
  CHECK_THROWS_WITH(ShardFolder(place.path(), plan), contains(message));
  CHECK(content_of(place.path()) == before);
}

TEST_CASE("Shards can be written to a folder with other files") {
  const TemporaryFolder place;
  overwrite(place.path() / "README", "about these shards");
  write_all(place.path(), Example().plan(4, 4));
  CHECK(content_of(place.path()).size() == 3);
}

TEST_CASE("Two programs cannot write to one folder at the same time") {
  const TemporaryFolder place;
  const ShardPlan plan = Example().plan(4, 4);
  {
    const ShardFolder first(place.path(), plan);
    CHECK_THROWS_WITH(ShardFolder(place.path(), plan), contains("is being written by another"));
  }
  CHECK_NOTHROW(ShardFolder(place.path(), plan));
}

TEST_CASE("The error for a shard that cannot be written has path and reason, and no file is left") {
  const TemporaryFolder place;
  const Example example;
  ShardFolder folder(place.path(), example.plan(20, 10));

  // A limit on the size of files simulates a full disk.
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  struct sigaction before {};
  REQUIRE(::sigaction(SIGXFSZ, &ignore, &before) == 0);
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
  const rlimit low{10000, limit.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &low) == 0);
  std::string message;
  try {
    ShardWriter writer = folder.start_shard(1);
    for (int i = 10; i < 20; ++i) writer.write(example.sample(i));
  } catch (const WriteError& error) {
    message = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &limit);
  ::sigaction(SIGXFSZ, &before, nullptr);

  CHECK(message ==
        "cannot write " + (place.path() / "shard-000001.tar").string() + ": File too large");
  CHECK(content_of(place.path()).size() == 1);
  write_missing(folder, example);
  CHECK(verify_shards(place.path()).empty());
}

TEST_CASE("The error for a folder that cannot be made has path and reason") {
  const TemporaryFolder place;
  overwrite(place.path() / "file", "");
  const auto path = place.path() / "file" / "shards";
  CHECK_THROWS_WITH(ShardFolder(path, Example().plan(1, 1)),
                    "cannot make the folder " + path.string() + ": Not a directory");
}
