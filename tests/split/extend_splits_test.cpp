#include "split/extend_splits.h"

#include <map>

#include "catch.h"
#include "database/sqlite.h"

using namespace mmgym;
using mmgym::testing::contains;

namespace {

const SplitRule kRule = {{{"train", 3}, {"val", 1}}, true, false, 0, false};

/// Splits of 1aaa (train) and 1bbb (val).
SplitRows earlier() {
  SplitRows rows;
  rows.names = {"train", "val"};
  rows.structures = {{"1aaa", 0}, {"1bbb", 1}};
  return rows;
}

std::map<std::string, std::size_t> splits_of(const ExtendedSplits& extended) {
  return {extended.rows.structures.begin(), extended.rows.structures.end()};
}

}  // namespace

TEST_CASE("New structures join the split of their cluster, directly or through other new ones") {
  const ZoneCounts counts = {{"1aaa", 30}, {"1bbb", 10}, {"2aaa", 5}, {"2bbb", 5}, {"2ccc", 5}};
  const auto extended = extend_splits(
      earlier(), kRule, counts,
      {{"1aaa", "a"}, {"1bbb", "b"}, {"2bbb", "b"}, {"2bbb", "c"}, {"2ccc", "c"}, {"2aaa", "a"}},
      {});
  CHECK(splits_of(extended) ==
        std::map<std::string, std::size_t>{
            {"1aaa", 0}, {"1bbb", 1}, {"2aaa", 0}, {"2bbb", 1}, {"2ccc", 1}});
  CHECK(extended.kept == 2);
  CHECK(extended.joined == 3);
  CHECK(extended.drawn == 0);
  CHECK(extended.ties.empty());
}

TEST_CASE("A structure whose clusters are in two splits ties them, and none is moved") {
  const ZoneCounts counts = {{"1aaa", 30}, {"1bbb", 10}, {"2abc", 5}};
  const auto extended = extend_splits(
      earlier(), kRule, counts,
      {{"1aaa", "a"}, {"1bbb", "b"}, {"1bbb", "c"}, {"2abc", "a"}, {"2abc", "b"}, {"2abc", "c"}},
      {});
  CHECK(splits_of(extended) ==
        std::map<std::string, std::size_t>{{"1aaa", 0}, {"1bbb", 1}, {"2abc", 1}});
  CHECK(extended.ties == std::vector<std::string>{"2abc"});
  CHECK_THAT(
      describe(extended),
      contains("2 structures keep their split, 1 get the split of their clusters, 0 are drawn; "
               "1 of these have clusters in several splits, none of which is moved: 2abc"));
}

TEST_CASE("Polymers of structures that are gone still have a split") {
  SplitRows rows = earlier();
  rows.structures.emplace_back("1ggg", 1);
  rows.former_polymers = {{"md5 of a protein", 1}};
  const auto extended = extend_splits(rows, kRule, {{"1aaa", 100}, {"2ggg", 5}}, {{"2ggg", "g"}},
                                      {{"2ggg", "md5 of a protein"}});
  CHECK(splits_of(extended) == std::map<std::string, std::size_t>{{"1aaa", 0}, {"2ggg", 1}});
  CHECK(extended.kept == 1);
  CHECK(extended.joined == 1);
}

TEST_CASE("Other structures are drawn where there is room, as in a first split") {
  ZoneCounts counts = {{"1aaa", 300}, {"1bbb", 0}};
  for (int i = 0; i < 100; ++i) counts["2" + std::to_string(100 + i)] = 1;
  const auto extended = extend_splits(earlier(), kRule, counts, {}, {});
  CHECK(extended.drawn == 100);
  std::size_t in_val = 0;
  for (const auto& [pdb_id, split] : extended.rows.structures) in_val += split;
  CHECK(in_val == 101);  // train has its three quarters already
  // Drawn alike each time.
  CHECK(extend_splits(earlier(), kRule, counts, {}, {}).rows.structures ==
        extended.rows.structures);

  SplitRule other = kRule;
  other.targets = {{"test", 1}};
  CHECK_THROWS_AS(extend_splits(earlier(), other, counts, {}, {}), DatabaseError);
}

TEST_CASE("A rule that is read from its text has the same text, and damaged ones are refused") {
  SplitRule rule = kRule;
  rule.seed = 18446744073709551615U;
  rule.by_file = true;
  CHECK(text_of(read_split_rule(text_of(rule))) == text_of(rule));
  for (const char* text : {"", "{}", "[]", R"({"targets": []})"})
    CHECK_THROWS_AS(read_split_rule(text), DatabaseError);
}
