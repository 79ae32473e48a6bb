#include "inputs/input_limits.h"

#include "catch.h"
#include "mmcif_text.h"
#include "structure/assembly.h"
#include "structure/facts.h"
#include "structure/read_structure.h"

using namespace mmgym;
using testing::AtomRow;
using testing::contains;

namespace {

/// Checks that a text with two of something is refused with a limit of one and read with two.
void check_two(const std::string& text, int InputLimits::*limit, const std::string& complaint) {
  InputLimits limits;
  limits.*limit = 1;
  CHECK_THROWS_WITH(read_facts(text, "x", limits), complaint);
  if (limit != &InputLimits::max_models)
    CHECK_THROWS_WITH(read_structure(text, "x", "", limits), complaint);
  limits.*limit = 2;
  CHECK_NOTHROW(read_facts(text, "x", limits));
  CHECK_NOTHROW(read_structure(text, "x", "", limits));
}

std::string two_assemblies() {
  std::string text = testing::assembly_text("A", "1");
  const std::string row = "1 '1' 'A'\n";
  return text.insert(text.find(row), "2 '1' 'A'\n");
}

}  // namespace

TEST_CASE("A file with too many of something is refused with the limit and its flag") {
  check_two(testing::mmcif_text({{.model = "1"}, {.model = "2"}}), &InputLimits::max_models,
            "the file has more than 1 models; --max-models allows more");
  check_two(testing::mmcif_text({{.subchain = "A"}, {.subchain = "B"}}),
            &InputLimits::max_subchains,
            "a model has more than 1 subchains; --max-subchains allows more");
  check_two(testing::mmcif_text({{}}), &InputLimits::max_entities,
            "the file has more than 1 entities; --max-entities allows more");
  check_two(testing::mmcif_text({{}}, two_assemblies()), &InputLimits::max_assemblies,
            "the file has more than 1 assemblies; --max-assemblies allows more");
  check_two(testing::mmcif_text({{}}, two_assemblies()), &InputLimits::max_operators,
            "the file has more than 1 operators in its assemblies; --max-operators allows more");
  check_two(testing::mmcif_text({{}}) + "data_second\n", &InputLimits::max_data_blocks,
            "the file has more than 1 data blocks; --max-data-blocks allows more");
}

TEST_CASE("Chains of different models do not add up to the limit of subchains") {
  InputLimits limits;
  limits.max_subchains = 1;
  const std::string text = testing::mmcif_text({{.model = "1"}, {.subchain = "B", .model = "2"}});
  CHECK(read_facts(text, "x", limits).models.size() == 2);
}

TEST_CASE("An assembly with too many atoms is refused before its copies are made") {
  const auto structure = read_structure(
      testing::mmcif_text({{}, {.x = "3"}}, testing::assembly_text("A", "1,P")), "x");
  InputLimits limits;
  limits.max_assembly_atoms = 3;
  CHECK_THROWS_WITH(build_assembly(structure, structure.assemblies[0], limits),
                    "assembly 1 has more than 3 atoms; --max-assembly-atoms allows more");
  limits.max_assembly_atoms = 4;
  CHECK(build_assembly(structure, structure.assemblies[0], limits).atom_count() == 4);
}

TEST_CASE("Many copies of many subchains without atoms take no memory and no time") {
  // Written out, the mates would have 10^10 subchains.
  std::vector<AtomRow> waters;
  std::string ids;
  for (int i = 0; i < 50000; ++i) {
    waters.push_back({.comp = "HOH", .subchain = "W" + std::to_string(i)});
    ids += ",W" + std::to_string(i);
  }
  std::string ones = "1";
  for (int i = 1; i < 200000; ++i) ones += ",1";
  waters.push_back({});
  const std::string text = testing::mmcif_text(waters, testing::assembly_text(ids.substr(1), ones));
  const auto structure = read_structure(text, "x");
  CHECK(structure.assemblies[0].mates.size() == 200000);
  CHECK(build_assembly(structure, structure.assemblies[0]).atom_count() == 0);
}

TEST_CASE("Numbers of any size are read or refused") {
  const std::string nines(250, '9');
  for (const std::string& value :
       {std::string("1e308"), std::string("-1e308"), std::string("1e400"), std::string("inf"),
        std::string("-Infinity"), nines, "-" + nines, std::string("0x10")}) {
    CAPTURE(value);
    CHECK_THROWS_WITH(read_structure(testing::mmcif_text({{.x = value}}), "x"),
                      contains("row 1 of _atom_site: Cartn_x is"));
    CHECK_THROWS_WITH(read_structure(testing::mmcif_text({{.occupancy = value}}), "x"),
                      contains("row 1 of _atom_site: occupancy is"));
    CHECK_THROWS_WITH(read_structure(testing::mmcif_text({{.seq = value}}), "x"),
                      contains("row 1 of _atom_site: label_seq_id is"));
    std::string text = testing::mmcif_text({{}});
    text.replace(text.find("20.5"), 4, value);
    CHECK(std::abs(read_structure(text, "x").atoms.at(0).b_factor) < 1e9F);
  }
  // 250 digits of a number that is in range.
  CHECK(read_structure(testing::mmcif_text({{.x = "1." + std::string(248, '0')}}), "x")
            .atoms.at(0)
            .position_A.x() == 1);
  CHECK(read_structure(testing::mmcif_text({{.x = "1e-400"}}), "x").atoms.size() == 1);
}
