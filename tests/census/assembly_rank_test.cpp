#include "census/assembly_rank.h"

#include <algorithm>

#include "catch.h"
#include "census/set_cover.h"

using namespace mmgym;

namespace {

AssemblyFacts assembly(const std::string& id, int polymers, std::vector<std::string> subchains,
                       const std::string& kind = "author_defined_assembly") {
  std::vector<std::uint32_t> copies(subchains.size(), 1);
  return {id, kind, polymers, std::move(subchains), std::move(copies)};
}

std::vector<std::string> ranked(const std::vector<AssemblyFacts>& assemblies) {
  std::vector<std::string> ids;
  for (const auto i : rank_assemblies(assemblies)) ids.push_back(assemblies[i].pdb_id);
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("Assemblies that are not biological are skipped") {
  CHECK(ranked({assembly("1", 2, {"A", "B"}),
                assembly("PAU", 6, {"A", "B", "C"}, "icosahedral pentamer")}) == Ids{"1"});
  CHECK(ranked({assembly("1", 2, {"A"}, "icosahedral pentamer")}).empty());
  // Without kinds, all assemblies count.
  CHECK(ranked({assembly("1", 1, {"A"}, ""), assembly("2", 1, {"B"}, "")}) == Ids{"1", "2"});
}

TEST_CASE("Of assemblies with the same subchains, the one with the most polymers is kept") {
  CHECK(ranked({assembly("1", 1, {"A", "B"}), assembly("2", 4, {"B", "A"}),
                assembly("3", 2, {"A", "B"})}) == Ids{"2"});
  CHECK(ranked({assembly("2", 2, {"A"}), assembly("1", 2, {"A"})}) == Ids{"1"});
}

TEST_CASE("The fewest assemblies that cover all subchains are kept, sorted by size, then id") {
  CHECK(ranked({assembly("1", 1, {"A"}), assembly("2", 1, {"B"}), assembly("3", 2, {"A", "B"})}) ==
        Ids{"3"});
  CHECK(ranked({assembly("2", 1, {"A"}), assembly("10", 1, {"B"}), assembly("3", 3, {"C"})}) ==
        Ids{"3", "10", "2"});
}

TEST_CASE("A cover is minimal even if the greedy cover is not") {
  // The greedy cover begins with the set of six and needs three sets.
  CHECK(minimal_cover({{0, 1, 2, 3, 4, 5}, {0, 1, 2, 6}, {3, 4, 5, 7}}) ==
        std::vector<std::size_t>{1, 2});
  CHECK(minimal_cover({{0, 1}, {1, 2}, {0, 2}}) == std::vector<std::size_t>{0, 1});
  CHECK(minimal_cover({}).empty());
  CHECK(minimal_cover({{}, {4}}) == std::vector<std::size_t>{1});
}

TEST_CASE("A cover of many sets is found fast") {
  std::vector<std::vector<std::uint32_t>> sets;
  for (std::uint32_t i = 0; i < 120; ++i) sets.push_back({i});
  CHECK(minimal_cover(sets).size() == 120);
  sets.clear();
  for (std::uint32_t i = 0; i < 60; ++i) sets.push_back({i, (i + 1) % 60, (i + 2) % 60});
  CHECK(minimal_cover(sets).size() == 20);
}

TEST_CASE("A cover of sets with very many elements is found") {
  // All sets share elements, so that exact search without a limit would take days.
  std::vector<std::vector<std::uint32_t>> sets(2000);
  std::uint64_t state = 1;
  for (std::uint32_t element = 0; element < 20000; ++element)
    for (int k = 0; k < 10; ++k) {
      state = state * 6364136223846793005 + 1442695040888963407;
      auto& set = sets[(state >> 33) % sets.size()];
      if (set.empty() || set.back() != element) set.push_back(element);
    }
  const auto cover = minimal_cover(sets);
  std::vector<bool> covered(20000);
  for (const auto set : cover)
    for (const auto element : sets[set]) covered[element] = true;
  CHECK(std::count(covered.begin(), covered.end(), true) == 20000);
  CHECK(cover.size() < 1000);
}
