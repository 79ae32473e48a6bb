#include "census/splits.h"

#include "catch.h"
#include "inputs/text_lines.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

namespace {

using Names = std::vector<std::string>;

/// Splits of structures 1, 2, ..., assigned to the split with the most room.
Names greedy(const std::vector<int>& counts, const std::vector<double>& weights,
             const std::vector<Membership>& memberships = {}) {
  const Names names = {"train", "val", "test"};
  ZoneCounts zone_counts;
  for (std::size_t i = 0; i < counts.size(); ++i) zone_counts[std::to_string(i + 1)] = counts[i];
  std::vector<SplitTarget> targets;
  for (std::size_t i = 0; i < weights.size(); ++i) targets.push_back({names[i], weights[i]});
  const auto groups = connected_structures(zone_counts, memberships);
  const auto splits = assign_splits(groups, zone_counts, targets, draw_greatest);
  std::map<std::string, std::string> by_id;
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (const auto& id : groups[i]) by_id[id] = names[splits[i]];
  Names result;
  for (const auto& [id, name] : by_id) result.push_back(name);
  return result;
}

}  // namespace

TEST_CASE("Greedy splits agree with the examples of the reference") {
  CHECK(greedy({1, 1, 1, 1, 1}, {3, 1, 1}) == Names{"train", "train", "train", "val", "test"});
  CHECK(greedy({2, 2, 6}, {6, 2, 2}) == Names{"val", "test", "train"});
  const auto splits =
      greedy({2, 2, 3, 2, 1}, {6, 2, 2}, {{"3", "a"}, {"4", "a"}, {"4", "b"}, {"5", "b"}});
  CHECK(splits == Names{"val", "test", "train", "train", "train"});
}

TEST_CASE("Structures are assigned even if no target has room") {
  CHECK(greedy({100, 1, 1}, {1, 1}) == Names{"train", "val", "val"});
  CHECK(greedy({5}, {1}) == Names{"train"});
}

TEST_CASE("A structure that is not in the database does not connect others") {
  const ZoneCounts counts = {{"1abc", 1}, {"2abc", 2}};
  CHECK(connected_structures(counts, {{"1abc", "x"}, {"9xyz", "x"}, {"9xyz", "y"}, {"2abc", "y"}})
            .size() == 2);
  const auto together = connected_structures(counts, {{"1abc", "x"}, {"2abc", "x"}});
  REQUIRE(together.size() == 1);
  CHECK(together[0] == Names{"1abc", "2abc"});
}

TEST_CASE("Targets are names with positive numbers") {
  CHECK(parse_split_target("train=80").name == "train");
  CHECK(parse_split_target("val=0.5").weight == 0.5);
  for (const char* bad : {"train", "=3", "train=", "train=-1", "train=x", "train=0", "a=1x"})
    CHECK_THROWS_WITH(parse_split_target(bad), contains(bad));
}

TEST_CASE("Clusters for splits are read from a CSV file") {
  const testing::TemporaryFolder folder;
  const std::vector<Membership> expected = {{"1abc", "IPR000652"}, {"2abc", "IPR000652"}};
  CHECK(read_split_clusters(folder.write("a", "1ABC,IPR000652\n2abc, IPR000652\r\n")) == expected);
  CHECK(read_split_clusters(folder.write("b", "pdb_id,cluster\n1ABC,IPR000652\n2abc,IPR000652")) ==
        expected);
  for (const char* bad : {"1abc", "1abc,", ",x", "1abc,x,y"})
    CHECK_THROWS_WITH(read_split_clusters(folder.write("c.csv", "1abc,x\n" + std::string(bad))),
                      contains("c.csv, line 2: expected a PDB id and a cluster"));
}
