#include "split/split_database.h"

#include "base/errors.h"
#include "base/random_stream.h"
#include "build/load_curriculum.h"
#include "build_gym.h"
#include "catch.h"
#include "database/gym_reader.h"
#include "golden.h"
#include "sampling/zone_choice.h"
#include "temporary_folder.h"

using namespace mmgym;
using nlohmann::json;
using testing::contains;

namespace {

/// A database of 2XHE (38 zones), 7CFN (47) and 6WQA (1).
std::filesystem::path small_gym(const testing::TemporaryFolder& folder) {
  return testing::build_gym(folder, {"2xhe", "7cfn", "6wqa"});
}

std::map<std::string, std::string> splits_in(const std::filesystem::path& database) {
  Connection connection(database, Connection::Mode::read_only);
  Statement rows(connection,
                 "SELECT pdb_id, name FROM structure LEFT JOIN split ON split.id = split_id");
  std::map<std::string, std::string> splits;
  for (bool row = rows.first_row(); row; row = rows.next_row())
    splits[std::string(rows.text(0))] = rows.text_or_empty(1);
  return splits;
}

using Splits = std::map<std::string, std::string>;

SplitOptions train_and_val(const std::filesystem::path& database) {
  SplitOptions options;
  options.database = database;
  options.targets = {{"train", 1}, {"val", 1}};
  return options;
}

SplitOptions extension(const std::filesystem::path& database) {
  SplitOptions options;
  options.database = database;
  options.extend = true;
  return options;
}

void forget_split(const std::filesystem::path& database, const std::string& pdb_id) {
  Connection(database, Connection::Mode::read_write)
      .execute("UPDATE structure SET split_id = NULL WHERE pdb_id = '" + pdb_id + "'");
}

}  // namespace

TEST_CASE("Splits drawn with a seed agree with the reference, which draws with numpy") {
  const json cases = json::parse(std::ifstream(std::filesystem::path(MMGYM_SOURCE_DIR) / "tests" /
                                               "golden" / "census" / "splits.json"));
  REQUIRE(cases.size() >= 20);
  for (const auto& [name, expected] : cases.items()) {
    CAPTURE(name);
    ZoneCounts counts;
    for (const auto& [id, count] : expected["counts"].items()) counts[id] = count;
    std::vector<Membership> memberships;
    for (const auto& row : expected["clusters"]) memberships.emplace_back(row[0], row[1]);
    std::vector<SplitTarget> targets;
    for (const auto& target : expected["targets"]) targets.push_back({target[0], target[1]});
    const auto groups = connected_structures(counts, memberships);
    RandomStream stream(expected["seed"].get<std::uint64_t>());
    const auto splits =
        assign_splits(groups, counts, targets, [&stream](auto p) { return stream.choice(p); });
    Splits found;
    for (std::size_t i = 0; i < groups.size(); ++i)
      for (const auto& id : groups[i]) found[id] = targets[splits[i]].name;
    CHECK(found == expected["splits"].get<Splits>());
  }
}

TEST_CASE("A database can be split again, and its id changes with the split") {
  const testing::TemporaryFolder folder;
  const auto database = small_gym(folder);
  const auto id = [&database] { return GymReader(database).metadata("database_id"); };
  const std::string unsplit = id();

  SplitOptions options;
  options.database = database;
  options.targets = {{"train", 3}, {"val", 1}};
  options.greedy = true;
  options.dry_run = true;
  CHECK(split_database(options).splits[0].zones == 48);
  CHECK(splits_in(database)["2xhe"].empty());
  CHECK(id() == unsplit);

  options.dry_run = false;
  const auto summary = split_database(options);
  CHECK(summary.splits[0].target == 0.75);
  CHECK(summary.splits[1].zones == 38);
  const Splits greedy = {{"7cfn", "train"}, {"2xhe", "val"}, {"6wqa", "train"}};
  CHECK(splits_in(database) == greedy);
  const std::string first = id();
  CHECK(first != unsplit);

  options.targets = {{"one", 1}};
  split_database(options);
  CHECK(GymReader(database).splits() == std::vector<std::string>{"one"});
  CHECK(id() != first);
}

TEST_CASE("Clusters are kept together, and rows of unknown structures are counted") {
  const testing::TemporaryFolder folder;
  SplitOptions options = train_and_val(small_gym(folder));
  options.clusters = folder.write("c.csv", "2XHE,IPR1\n7cfn,IPR1\n9xyz,IPR1\n9xyz,IPR2\n");
  options.by_entity_clusters = true;
  const auto summary = split_database(options);
  CHECK(summary.groups == 2);
  CHECK(summary.largest_group == 2);
  CHECK(summary.rows_unknown == 2);
  CHECK(summary.unknown_examples == std::vector<std::string>{"9xyz"});
  auto splits = splits_in(options.database);
  CHECK(splits["2xhe"] == splits["7cfn"]);
  CHECK(splits["2xhe"] != splits["6wqa"]);

  // The query detects a cluster in two splits.
  Connection connection(options.database, Connection::Mode::read_write);
  CHECK(count_leaks(connection).split_clusters == 0);
  connection.execute("UPDATE structure SET split_id = 3 - split_id WHERE pdb_id = '2xhe'");
  CHECK(count_leaks(connection).split_clusters == 1);
}

TEST_CASE("A split is extended with its own options, and keeps what it has") {
  const testing::TemporaryFolder folder;
  SplitOptions options = train_and_val(small_gym(folder));
  const auto& database = options.database;
  const SplitOptions extend = extension(database);
  CHECK_THROWS_WITH(split_database(extend), contains("has no splits to extend; give --target"));

  options.by_entity_clusters = true;
  split_database(options);
  const Splits before = splits_in(database);
  forget_split(database, "2xhe");
  const auto summary = split_database(extend);
  REQUIRE(summary.extended);
  CHECK(summary.extended->kept == 2);
  CHECK(summary.extended->drawn == 1);
  CHECK(summary.splits.size() == 2);
  Splits after = splits_in(database);
  CHECK(after["7cfn"] == before.at("7cfn"));
  CHECK(after["6wqa"] == before.at("6wqa"));
  CHECK_FALSE(after["2xhe"].empty());
  // With nothing to do, nothing changes.
  const std::string id = GymReader(database).metadata("database_id");
  CHECK(split_database(extend).extended->kept == 3);
  CHECK(splits_in(database) == after);
  CHECK(GymReader(database).metadata("database_id") == id);
}

TEST_CASE("Structures that were split by a file wait for their clusters") {
  const testing::TemporaryFolder folder;
  SplitOptions options = train_and_val(small_gym(folder));
  options.clusters = folder.write("c.csv", "7cfn,IPR1\n6wqa,IPR2\n");
  split_database(options);
  forget_split(options.database, "2xhe");
  SplitOptions extend = extension(options.database);
  CHECK(split_database(extend).extended->left == 1);
  CHECK(splits_in(options.database)["2xhe"].empty());
  extend.clusters = folder.write("new.csv", "2xhe,IPR2\n");
  CHECK(split_database(extend).extended->joined == 1);
  auto splits = splits_in(options.database);
  CHECK(splits["2xhe"] == splits["6wqa"]);
}

TEST_CASE("A split that fails changes nothing") {
  const testing::TemporaryFolder folder;
  SplitOptions options;
  options.database = small_gym(folder);
  options.targets = {{"train", 1}};
  split_database(options);
  const std::string before = GymReader(options.database).metadata("database_id");
  options.targets = {{"a", 1}, {"a", 2}};
  CHECK_THROWS_WITH(split_database(options), contains("a is given twice"));
  options.targets = {{"train", 1}, {"all", 2}};
  CHECK_THROWS_WITH(split_database(options), contains("--target all: this name is reserved"));
  options.targets = {{"a", 1}};
  options.clusters = folder.write("bad.csv", "2xhe\n");
  CHECK_THROWS_WITH(split_database(options), contains("bad.csv, line 1"));
  CHECK(GymReader(options.database).metadata("database_id") == before);
  CHECK(splits_in(options.database)["2xhe"] == "train");
}

TEST_CASE("The zones of a database with splits are chosen by the name of a split") {
  const testing::TemporaryFolder folder;
  SplitOptions options;
  options.database = small_gym(folder);
  const auto zones = [&options](const std::string& split) {
    GymReader reader(options.database);
    return choose_zones(reader, split).size();
  };
  CHECK(zones("") == 86);
  CHECK(zones("all") == 86);
  CHECK_THROWS_WITH(zones("val"), contains("no split 'val'; make splits with 'mmgym split'"));

  options.targets = {{"train", 3}, {"val", 1}};
  options.greedy = true;
  split_database(options);
  CHECK(zones("all") == 86);
  CHECK(zones("val") == 38);
  CHECK_THROWS_AS(zones(""), UsageError);
  CHECK_THROWS_WITH(zones(""), contains("gym.sqlite: this database has splits; choose one with "
                                        "--split: train, val, or all for every zone"));
  CHECK_THROWS_WITH(zones("test"), contains("no split 'test'; choose from train, val, or all"));

  // An older version could make a split of the reserved name.
  Connection(options.database, Connection::Mode::read_write)
      .execute("UPDATE split SET name = 'all' WHERE name = 'val'");
  CHECK(zones("all") == 38);
  CHECK_THROWS_WITH(zones(""),
                    contains("choose one with --split: train, all") && !contains("every zone"));
}

TEST_CASE("A curriculum chooses zones by their mean difficulty") {
  const testing::TemporaryFolder folder;
  const auto database = small_gym(folder);
  const auto counts = load_curriculum(
      database,
      folder.write("c.csv",
                   "zone_id,random_seed,difficulty\n1,0,0.2\n1,1,0.4\n2,0,0.9\n99999,0,1\n"));
  CHECK(counts.added == 3);
  CHECK(counts.unknown_zones == std::vector<std::int64_t>{99999});
  GymReader reader(database);
  CHECK(choose_zones(reader, "", 0.31) == std::vector<std::int64_t>{1});
  CHECK(choose_zones(reader, "", 1.0) == std::vector<std::int64_t>{1, 2});
  CHECK_THROWS_WITH(choose_zones(reader, "", 0.2), contains("curriculum"));
  CHECK(load_curriculum(database, folder.write("c.csv", "2,0,0.1\n")).replaced == 1);
  CHECK(choose_zones(reader, "", 0.31) == std::vector<std::int64_t>{1, 2});
  for (const char* bad : {"1,2", "1,2,x", "1.5,2,3", "1,2,nan", "5,5,1\n5,5,1"})
    CHECK_THROWS_WITH(load_curriculum(database, folder.write("bad.csv", bad)), contains("line "));
}
