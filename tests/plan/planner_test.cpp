#include "plan/planner.h"

#include <algorithm>

#include "catch.h"

using namespace mmgym;
using mmgym::testing::contains;

namespace {

CensusEntry entry(const std::string& path, const std::string& id, const std::string& date,
                  bool has_own_id = true) {
  static std::uint32_t files = 0;
  CensusEntry entry;
  entry.file = {path, id, has_own_id, 1000, ++files, date};
  entry.model_id = "1";
  entry.subchains = {{"A", 0, ""}};
  entry.assemblies = {{"1", {{0, 1}}}};
  return entry;
}

/// Paths of the inputs that are used, and why the others are not.
struct Plan {
  std::vector<std::string> used;
  std::vector<std::string> reasons;
};

Plan plan(std::vector<CensusEntry> entries) {
  const CensusOptions options;
  Planner planner(options);
  for (auto& entry : entries) {
    const std::filesystem::path path = entry.file.path;
    planner.add(path, std::move(entry));
  }
  Plan plan;
  for (const auto& input : planner.finish().inputs)
    if (input.rejected)
      plan.reasons.push_back(input.rejected->reason);
    else
      plan.used.push_back(input.source.name() + " " + input.pdb_id);
  return plan;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("Of the revisions of an entry, the newest is planned, in any order") {
  const std::vector<const char*> dates = {"2020-01-01", "2022-01-01", "2021-01-01", ""};
  std::vector<std::size_t> order = {0, 1, 2, 3};
  do {
    std::vector<CensusEntry> entries;
    for (const auto i : order)
      entries.push_back(entry(std::to_string(i) + "/1abc.cif", "1abc", dates[i]));
    const Plan found = plan(std::move(entries));
    CHECK(found.used == Names{"1/1abc.cif 1abc"});
    REQUIRE(found.reasons.size() == 3);
    for (const auto& reason : found.reasons)
      CHECK(reason == "a newer revision of 1abc, of 2022-01-01, was read from 1/1abc.cif");
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("Of equal revisions, the first is planned, and dates do not matter for other names") {
  CHECK(plan({entry("b/1abc.cif", "1abc", "2020-01-01"), entry("a/1abc.cif", "1abc", "2020-01-01")})
            .used == Names{"b/1abc.cif 1abc"});
  // The files are named differently, or have no ids: they are different entries.
  const Names both =
      plan({entry("a/x.cif", "1abc", "2020-01-01"), entry("a/y.cif", "1abc", "2021-01-01")}).used;
  CHECK(both == Names{"a/y.cif y", "a/x.cif 1abc"});
  CHECK(
      plan({entry("a/x.cif", "x", "2020-01-01", false), entry("b/x.cif", "x", "2021-01-01", false)})
          .used.size() == 2);
}
