#include "census/greedy_choice.h"

#include "catch.h"

using namespace mmgym;

namespace {

using Indices = std::vector<std::size_t>;

struct Member {
  const char* id;
  Clusters::Id cluster;
  std::uint32_t copies;
};

ChoiceAssembly assembly(const std::vector<Member>& members) {
  ChoiceAssembly result;
  for (const auto& member : members) result.add(member.id, {0, member.cluster, member.copies, 0});
  return result;
}

/// Two proteins of the same cluster, A and B, and a ligand C of another cluster.
const ChoiceAssembly kDimer = assembly({{"A", 1, 1}, {"B", 1, 1}, {"C", 2, 1}});

ChoiceCandidate zone(
    std::vector<ChoiceCandidate::Copy> subchains,
    std::vector<std::pair<ChoiceCandidate::Copy, ChoiceCandidate::Copy>> pairs = {}) {
  return {std::move(subchains), std::move(pairs)};
}

}  // namespace

TEST_CASE("Subchains of an assembly are sorted by id and found by id") {
  const ChoiceAssembly ids = assembly({{"A", 1, 1}, {"A-2", 1, 1}, {"AA", 1, 1}, {"B", 1, 1}});
  CHECK(ids.id(0) == "A");
  CHECK(ids.id(1) == "A-2");
  CHECK(ids.id(3) == "B");
  for (std::uint32_t i = 0; i < 4; ++i) CHECK(ids.find(ids.id(i)) == i);
  CHECK_FALSE(ids.find("A-"));
  CHECK_FALSE(ids.find("C"));
  CHECK_FALSE(ids.find(""));
  CHECK_THROWS_AS(assembly({{"B", 1, 1}, {"A", 1, 1}}), std::logic_error);
}

TEST_CASE(
    "Of subchains of a cluster, the one with the most candidates is accepted, then the first") {
  GreedyChoice choice;
  CHECK(choice.accept(kDimer, {zone({{0, 0}}), zone({{1, 0}}), zone({{1, 0}})}) == Indices{1, 2});
  GreedyChoice equal;
  CHECK(equal.accept(kDimer, {zone({{1, 0}}), zone({{0, 0}})}) == Indices{1});
  GreedyChoice mates;
  CHECK(mates.accept(kDimer, {zone({{0, 1}}), zone({{0, 0}})}) == Indices{1});
}

TEST_CASE("Zones are accepted for each new cluster and each new pair of clusters") {
  GreedyChoice choice;
  CHECK(choice.accept(kDimer, {zone({{0, 0}}), zone({}, {{{0, 0}, {1, 0}}}),
                               zone({{1, 0}}, {{{0, 0}, {1, 0}}, {{0, 0}, {2, 0}}})}) ==
        Indices{0, 1, 2});
  // Only the ligand is new. The cluster pair of ligand and B was accepted as ligand and A.
  CHECK(choice.accept(kDimer, {zone({{0, 0}}), zone({{2, 0}}), zone({}, {{{1, 0}, {2, 0}}})}) ==
        Indices{1});
}

TEST_CASE("An assembly can add nothing if its clusters and pairs are accepted") {
  GreedyChoice choice;
  CHECK(choice.can_add(kDimer));
  choice.accept(kDimer, {zone({{0, 0}, {2, 0}}, {{{0, 0}, {1, 0}}})});
  CHECK(choice.can_add(kDimer));  // protein with ligand
  choice.accept(kDimer, {zone({}, {{{2, 0}, {1, 0}}})});
  CHECK_FALSE(choice.can_add(kDimer));  // a single ligand is not a pair
  const ChoiceAssembly two_ligands = assembly({{"A", 1, 1}, {"C", 2, 2}});
  CHECK(choice.can_add(two_ligands));
  CHECK_FALSE(choice.can_add({}));
}

TEST_CASE("A choice is restored from its accepted zones") {
  GreedyChoice choice;
  const std::vector<ChoiceCandidate> zones = {zone({{0, 0}}), zone({{1, 0}}, {{{0, 0}, {1, 0}}}),
                                              zone({}, {{{0, 0}, {2, 0}}})};
  GreedyChoice restored;
  for (const auto i : choice.accept(kDimer, zones)) restored.restore(kDimer, zones[i]);
  CHECK(restored.accept(kDimer, zones).empty());
  CHECK(restored.can_add(kDimer));
  CHECK(restored.accept(kDimer, {zone({{2, 0}})}) == Indices{0});
}

TEST_CASE(
    "A choice tells whether it has accepted more of an assembly than another, by other numbers") {
  // The same assembly, in which the other choice knows the clusters 1 and 2 as 10 and 20.
  const ChoiceAssembly theirs = assembly({{"A", 10, 1}, {"B", 10, 1}, {"C", 20, 1}});
  GreedyChoice mine;
  GreedyChoice other;
  CHECK_FALSE(mine.has_more_than(other, kDimer, theirs));
  mine.accept(kDimer, {zone({{0, 0}})});
  CHECK(mine.has_more_than(other, kDimer, theirs));
  other.accept(theirs, {zone({{1, 0}}), zone({{2, 0}})});
  CHECK_FALSE(mine.has_more_than(other, kDimer, theirs));
  CHECK(other.has_more_than(mine, theirs, kDimer));
  // Pairs of a cluster with itself and with another.
  for (const std::uint32_t second : {1, 2}) {
    GreedyChoice with_pair(&mine);
    with_pair.accept(kDimer, {zone({}, {{{0, 0}, {second, 0}}})});
    CHECK(with_pair.has_more_than(other, kDimer, theirs));
    GreedyChoice other_with_pair(&other);
    other_with_pair.accept(theirs, {zone({}, {{{0, 0}, {second, 0}}})});
    CHECK_FALSE(with_pair.has_more_than(other_with_pair, kDimer, theirs));
  }
  // An assembly with one copy of a cluster cannot have the pair of two.
  GreedyChoice two_copies;
  two_copies.accept(kDimer, {zone({}, {{{0, 0}, {1, 0}}})});
  const ChoiceAssembly monomer = assembly({{"A", 1, 1}});
  CHECK_FALSE(two_copies.has_more_than(GreedyChoice(), monomer, monomer));
  // A cluster of one choice can be two of another.
  const ChoiceAssembly finer = assembly({{"A", 10, 1}, {"B", 11, 1}, {"C", 20, 1}});
  GreedyChoice half;
  half.accept(finer, {zone({{0, 0}})});
  CHECK(mine.has_more_than(half, kDimer, finer));
}
