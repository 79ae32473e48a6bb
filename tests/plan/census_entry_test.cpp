#include "plan/census_entry.h"

#include "catch.h"
#include "data_sample.h"
#include "database/sqlite.h"
#include "inputs/read_file.h"

using namespace mmgym;
using mmgym::testing::contains;

namespace {

CensusEntry entry_of(const std::string& sample) {
  CensusEntry entry;
  set_facts(read_facts(read_file(testing::data_sample(sample)), sample + ".cif.gz"), {}, entry);
  return entry;
}

CensusEntry copy_of(const CensusEntry& entry) {
  CensusEntry copy;
  copy.file.path = entry.file.path;
  read_census_text(census_text(entry), copy);
  return copy;
}

}  // namespace

TEST_CASE("An entry read from its text has the same text") {
  for (const char* sample : {"1a8o", "1lcd", "2xhe", "3jqh", "6wqa", "6yfy"}) {
    CAPTURE(sample);
    const CensusEntry entry = entry_of(sample);
    const CensusEntry copy = copy_of(entry);
    CHECK(census_text(copy) == census_text(entry));
    CHECK(copy.file.id == sample);
    CHECK(copy.quality.xtal_resolution_A == entry.quality.xtal_resolution_A);
    CHECK(copy.assemblies.size() == entry.assemblies.size());
  }
}

TEST_CASE("Entities are told apart by type and sequence, and ligands by their code") {
  const CensusEntry entry = entry_of("2xhe");
  REQUIRE(entry.entities.size() == 2);
  CHECK(entry.entities[0].content.size() == 32);
  CHECK(entry.entities[0].content != entry.entities[1].content);
}

TEST_CASE("Figures keep all digits, and texts any bytes") {
  CensusEntry entry;
  entry.file.id = "\xff\"\\\n\x01";
  entry.quality.method = "X-RAY, \xc3\xa9";
  entry.quality.deposition_date = "2001-12-31";
  entry.quality.r_free = 0.1 + 0.2;
  entry.quality.clashscore = 1e-300;
  entry.quality.nmr_restraints = 1234567;
  entry.quality.is_computed = true;
  entry.quality.mean_plddt = 1.0 / 3;
  entry.subchains = {{"\x80", 7, ""}};
  entry.assemblies = {{"1", {{0, 60}}}};
  entry.refused = {{"2", "operator 'P'"}};
  const CensusEntry copy = copy_of(entry);
  CHECK(copy.file.id == entry.file.id);
  CHECK(copy.quality.method == entry.quality.method);
  CHECK(copy.quality.r_free == entry.quality.r_free);
  CHECK(copy.quality.clashscore == entry.quality.clashscore);
  CHECK(copy.quality.nmr_restraints == 1234567);
  CHECK(copy.quality.is_computed);
  CHECK(copy.quality.mean_plddt == entry.quality.mean_plddt);
  CHECK_FALSE(copy.quality.q_score);
  CHECK(copy.subchains.at(0).id == "\x80");
  CHECK(copy.assemblies.at(0).subchains.at(0).copies == 60);
  CHECK(copy.refused.at(0).reason == "operator 'P'");
}

TEST_CASE("An unreadable file keeps its reason") {
  CensusEntry entry;
  entry.file.path = "a/b.cif";
  entry.unreadable = {"a/b.cif", "", "", "parse", "not CIF: line 1"};
  const CensusEntry copy = copy_of(entry);
  REQUIRE(copy.unreadable);
  CHECK(copy.unreadable->path == "a/b.cif");
  CHECK(copy.unreadable->stage == "parse");
  CHECK(copy.unreadable->reason == "not CIF: line 1");
}

TEST_CASE("A damaged text is an error") {
  const std::string good = census_text(entry_of("2xhe"));
  CensusEntry entry;
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[]"), good.substr(0, good.size() / 2),
        std::string(R"({"id":1,"own":true})"), std::string(R"({"id":"a","own":true})"),
        std::string(R"({"id":"\u20ac","own":true})"),
        std::string(R"({"id":"a","own":true,"model":"1","quality":{},"entities":[],"subchains":[],)"
                    R"("assemblies":[["1",[0,1]]],"refused":[]})")})
    CHECK_THROWS_AS(read_census_text(text, entry), DatabaseError);
}
