#include "shards/shard_folder.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/byte_sink.h"
#include "catch.h"
#include "example.h"
#include "folder_content.h"
#include "shards/shard_index.h"
#include "shards/verify_shards.h"
#include "shards/write_sample.h"
#include "temporary_folder.h"

using namespace mmgym;
using namespace mmgym::testing;

TEST_CASE("A folder of shards contains the samples in order, and an index") {
  const TemporaryFolder place;
  const auto path = place.path() / "new" / "shards";
  const Example example;
  write_all(path, example.plan(7, 3));

  const auto content = content_of(path);
  REQUIRE(content.size() == 4);
  MemorySink sink;
  TarWriter tar(sink);
  for (const int i : {3, 4, 5}) write_sample(tar, example.sample(i));
  tar.finish();
  CHECK(content.at("shard-000001.tar") == sink.bytes());

  const auto index = nlohmann::json::parse(content.at("index.json"));
  CHECK(index["__kind__"] == "wids-shard-index-v1");
  CHECK(index["wids_version"] == 1);
  CHECK(index["name"] == "example");
  CHECK(index["parameters"]["seed"] == 1);
  CHECK(index["shape"] == nlohmann::json({2, 3, 4, 5, 6}));
  CHECK(index["sample_count"] == 7);
  CHECK(index["samples_per_shard"] == 3);
  REQUIRE(index["shardlist"].size() == 3);
  CHECK(index["shardlist"][1]["url"] == "shard-000001.tar");
  CHECK(index["shardlist"][1]["filesize"] == sink.bytes().size());
  CHECK(index["shardlist"][2]["nsamples"] == 1);
  CHECK(verify_shards(path).empty());
}

TEST_CASE("The index has the mean and standard deviation of each channel's voxels") {
  const TemporaryFolder place;
  write_all(place.path(), Example().plan(10, 4));
  const auto index = nlohmann::json::parse(slurp(place.path() / "index.json"));
  for (std::size_t c = 0; c < Example::channels; ++c) {
    std::vector<double> values;
    for (int i = 0; i < 10; ++i)
      for (std::size_t j = 0; j < Example::numbers; ++j)
        if (j / Example::voxels % Example::channels == c) values.push_back(Example::number(i, j));
    double mean = 0;
    for (const double value : values) mean += value / static_cast<double>(values.size());
    double variance = 0;
    for (const double value : values)
      variance += (value - mean) * (value - mean) / static_cast<double>(values.size());
    CHECK(index["channel_mean"][c].get<double>() == Approx(mean));
    CHECK(index["channel_std"][c].get<double>() == Approx(std::sqrt(variance)));
  }
}

TEST_CASE("A folder without samples has an index without shards") {
  const TemporaryFolder place;
  write_all(place.path(), Example().plan(0, 4));
  CHECK(content_of(place.path()).size() == 1);
  CHECK(verify_shards(place.path()).empty());
}

TEST_CASE("Many threads can write shards in any order, with the same bytes") {
  const TemporaryFolder place;
  const Example example;
  write_all(place.path() / "one", example.plan(26, 3));
  {
    ShardFolder folder(place.path() / "many", example.plan(26, 3));
    auto missing = folder.missing_shards();
    std::reverse(missing.begin(), missing.end());
    std::vector<std::thread> threads;
    for (const std::uint64_t shard : missing)
      threads.emplace_back([&, shard] { write_shard(folder, shard, example); });
    for (std::thread& thread : threads) thread.join();
    folder.finish();
  }
  CHECK(content_of(place.path() / "many") == content_of(place.path() / "one"));
}

TEST_CASE("Wrong use of a folder of shards is refused") {
  const TemporaryFolder place;
  const Example example;
  for (const char* key : {"shardlist", "name", "samples_per_shard", "datasets", "channel_mean"}) {
    ShardPlan plan = example.plan(1, 1);
    plan.description[key] = 1;
    CHECK_THROWS_AS(ShardFolder(place.path() / key, plan), std::invalid_argument);
  }
  CHECK_THROWS_AS(ShardFolder(place.path() / "zero", example.plan(1, 0)), std::invalid_argument);

  ShardFolder folder(place.path() / "shards", example.plan(3, 2));
  ShardWriter writer = folder.start_shard(0);
  writer.write(example.sample(0));
  SampleRecord fewer_channels = example.sample(1);
  fewer_channels.channel_sums.pop_back();
  CHECK_THROWS_AS(writer.write(fewer_channels), std::invalid_argument);
  writer.write(example.sample(1));
  folder.finish_shard(std::move(writer));
  CHECK_THROWS_AS(folder.finish(), std::logic_error);
  CHECK_THROWS_AS(folder.finish_shard(folder.start_shard(1)), std::logic_error);
  write_shard(folder, 1, example);
  CHECK_NOTHROW(folder.finish());
}

TEST_CASE("Differences of two descriptions give the path to each value") {
  const auto there =
      nlohmann::json::parse(R"({"a": {"x": 1, "y": 2.5, "gone": "s"}, "b": [1, 2]})");
  const auto here = nlohmann::json::parse(R"({"a": {"x": 1, "y": 3}, "b": [1, 3], "new": {}})");
  CHECK(differences(there, here) ==
        std::vector<std::string>{"a.gone is \"s\" there, absent here", "a.y is 2.5 there, 3 here",
                                 "b is [1,2] there, [1,3] here", "new is absent there, {} here"});
  CHECK(differences(here, here).empty());
}
