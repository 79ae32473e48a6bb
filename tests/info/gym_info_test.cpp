#include "info/gym_info.h"

#include "catch.h"
#include "info/report.h"

using namespace mmgym;
using testing::contains;

TEST_CASE("Reasons that differ only in numbers and names are counted together") {
  CHECK(reason_kind("not dense enough: the densest of 27 points has 26.9") == "not dense enough");
  CHECK(reason_kind("row 17 of _atom_site: Cartn_x is 'a'") == "row … of _atom_site");
  CHECK(reason_kind("PDB id 1abc was already read from a/b.cif") ==
        reason_kind("PDB id 2xyz was already read from c.cif/d"));
  CHECK(reason_kind("the file is empty") == "the file is empty");
}

TEST_CASE("The report explains every entry without zones, or counts the rest") {
  GymInfo info;
  info.rows = {{"zone", 0}, {"assembly", 0}};
  for (int i = 0; i < 3; ++i)
    info.rejected.push_back({"dir/" + std::to_string(i) + ".cif", std::to_string(i) + "abc", "1",
                             "zones", "not dense enough: reason " + std::to_string(i)});
  info.structures_without_zones = {"9xyz"};
  const std::string all = report(info, 10);
  for (const char* entry : {"0abc/1", "reason 0", "2abc/1", "reason 2", "9xyz"})
    CHECK_THAT(all, contains(entry));
  CHECK_THAT(all, contains("zones: not dense enough  3  75.0%"));
  const std::string few = report(info, 2);
  CHECK_THAT(few, contains("and 2 more"));
  CHECK_THAT(few, !contains("9xyz"));
  const auto json = to_json(info);
  CHECK(json["rejected"].size() == 3);
  CHECK(json["rejected_by_reason"]["zones"]["not dense enough"] == 3);
}

TEST_CASE("Reasons are sorted by the zones that they cost, then by their rows") {
  GymInfo info;
  info.rows = {{"zone", 0}, {"assembly", 0}};
  info.rejected = {{"a.cif", "1abc", "1", "zones", "not dense enough: 1"},
                   {"b.cif", "2abc", "1", "zones", "not dense enough: 2"},
                   {"c.cif", "3abc", "1", "zones", "elements that are not allowed: K", 5},
                   {"d.cif", "4abc", "1", "zones", "elements that are not allowed: NA", 7}};
  info.counts.unmodelled_atoms = 21;
  const std::string text = report(info, 10);
  const std::size_t elements = text.find("zones: elements that are not allowed (12 zones)");
  REQUIRE(elements != std::string::npos);
  CHECK(text.find("zones: not dense enough  2") > elements);
  CHECK_THAT(text, contains("21 atoms without coordinates were passed over"));
  const auto json = to_json(info);
  CHECK(json["unmodelled_atoms"] == 21);
  CHECK(json["rejected"][3]["zones"] == 7);
}

TEST_CASE("The report shows leakage between splits and a remedy") {
  GymInfo info;
  info.rows = {{"zone", 6}, {"assembly", 2}, {"split_cluster", 0}};
  info.splits = {{"train", 1, 1, 4}, {"val", 1, 1, 2}};
  CHECK_THAT(report(info, 0), contains("clusters of polymers: 0\n") &&
                                  contains("clusters given to split: none") &&
                                  !contains("--by-entity-clusters"));
  info.rows["split_cluster"] = 3;
  info.leaks = {1, 2};
  CHECK_THAT(report(info, 0), contains("clusters given to split: 1\n") &&
                                  contains("clusters of polymers: 2\n") &&
                                  contains("--by-entity-clusters"));
  CHECK(to_json(info)["leaks"]["polymer_clusters"] == 2);
}

TEST_CASE("The report on a database without zones has words instead of zeros") {
  GymInfo info;
  info.rows = {{"zone", 0}, {"assembly", 0}};
  info.densities_nm3 = ValueRange{};
  info.rejected.push_back({"1abc.cif", "1abc", "", "choice", "better structures have all"});
  const std::string text = report(info, 10);
  CHECK_THAT(text, contains("there are no zones") && !contains("density") &&
                       contains("choice: better structures have all"));
}
