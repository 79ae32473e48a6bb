#include "shards/verify_shards.h"

#include <nlohmann/json.hpp>

#include "catch.h"
#include "example.h"
#include "folder_content.h"
#include "temporary_folder.h"

using namespace mmgym;
using namespace mmgym::testing;

TEST_CASE("Verifying finds every kind of damage and names the shard") {
  const TemporaryFolder place;
  write_all(place.path(), Example().plan(20, 4));
  REQUIRE(verify_shards(place.path()).empty());

  const auto shard = [&](int i) { return place.path() / shard_name(i); };
  std::filesystem::remove(shard(0));
  std::filesystem::resize_file(shard(1), 1000);
  {
    std::fstream file(shard(2), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(3000);
    file.put('!');
  }
  auto index = nlohmann::json::parse(slurp(place.path() / "index.json"));
  index["shardlist"][3]["nsamples"] = 5;
  std::ofstream(place.path() / "index.json") << index;
  std::filesystem::copy_file(shard(4), shard(5));
  std::filesystem::copy_file(shard(4), place.path() / "shard-99999999999999999999999.tar");

  const auto problems = verify_shards(place.path());
  REQUIRE(problems.size() == 6);
  CHECK(problems[0] == shard(0).string() + ": No such file or directory");
  CHECK_THAT(problems[1],
             contains(shard(1).string() + ": has 1000 bytes, ") && contains(" in the index"));
  CHECK_THAT(problems[2], contains(shard(2).string() + ": has MD5 sum "));
  CHECK(problems[3] == shard(3).string() + ": has 4 samples, 5 in the index");
  CHECK(problems[4] == shard(5).string() + ": is not in the index");
  CHECK_THAT(problems[5], contains("999.tar: is not in the index"));
}

TEST_CASE("Verifying reports an unfinished folder and a damaged index") {
  const TemporaryFolder place;
  CHECK_THAT(verify_shards(place.path()).at(0), contains("has no index.json; it is not finished"));
  std::ofstream(place.path() / "index.json") << R"({"shardlist": [{"url": "a.tar"}]})";
  CHECK_THAT(verify_shards(place.path()).at(0),
             contains("index.json: shardlist[0].url is \"a.tar\""));
  std::ofstream(place.path() / "index.json") << R"({"shardlist": [{"nsamples": 1}]})";
  CHECK_THAT(verify_shards(place.path()).at(0), contains("index.json: "));
  std::ofstream(place.path() / "index.json") << "[]";
  CHECK_THAT(verify_shards(place.path()).at(0), contains("is damaged"));
}
