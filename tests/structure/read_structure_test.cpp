#include "structure/read_structure.h"

#include "catch.h"
#include "mmcif_text.h"
#include "structure/assembly.h"
#include "structure/facts.h"

using Eigen::Vector3d;
using mmgym::build_assembly;
using mmgym::read_structure;
using mmgym::StructureError;
using namespace mmgym::testing;

namespace {

/// Why the first assembly of a text is refused.
std::string refusal_of(const std::string& text) {
  return mmgym::read_facts(text, "x").assemblies.at(0).refusal;
}

}  // namespace

TEST_CASE("Hydrogen, deuterium and water are skipped, alternate locations are kept") {
  const auto structure =
      read_structure(mmcif_text({{.x = "1", .alt = "A", .seq = "1"},
                                 {.x = "1.5", .alt = "B", .seq = "1"},
                                 {.element = "H"},
                                 {.element = "D"},
                                 {.element = "O", .comp = "HOH", .subchain = "W", .seq = "."},
                                 {.element = "O", .comp = "DOD", .subchain = "W", .seq = "."}}),
                     "x.cif");
  REQUIRE(structure.atoms.size() == 2);
  CHECK(structure.atoms[0].alt_id == 'A');
  CHECK(structure.atoms[1].alt_id == 'B');
  CHECK(structure.residues.size() == 1);
  CHECK(structure.subchains[0].is_polymer);
  CHECK(structure.subchains[0].polymer_type == "polypeptide(L)");
}

TEST_CASE("Residues are water if named HOH or DOD, or if their entity is water") {
  const auto atoms_of = [](const AtomRow& row, const std::string& more) {
    return read_structure(mmcif_text({{}, row}, more), "x").atoms.size() - 1;
  };
  const std::string water =
      "#\nloop_\n_pdbx_entity_nonpoly.entity_id\n_pdbx_entity_nonpoly.comp_id\n";
  CHECK(atoms_of({.comp = "HOH", .subchain = "W", .entity = "?"}, "") == 0);
  CHECK(atoms_of({.comp = "DOD", .subchain = "A", .entity = "1"}, "") == 0);
  CHECK(atoms_of({.comp = "WAT", .subchain = "W", .entity = "2"}, "") == 1);
  CHECK(atoms_of({.comp = "WAT", .subchain = "W", .entity = "2"}, water + "2 HOH\n") == 0);
  CHECK(atoms_of({.comp = "WAT", .subchain = "W", .entity = "?"},
                 water + "2 HOH\n#\n_struct_asym.id W\n_struct_asym.entity_id 2\n") == 0);
  // A subchain with water and other residues, as in a file without label_asym_id.
  const auto mixed = read_structure(
      mmcif_text({{.comp = "HOH", .entity = "2"}, {}, {.comp = "HOH", .entity = "2"}}), "x");
  REQUIRE(mixed.subchains.size() == 1);
  CHECK(mixed.atoms.size() == 1);
  CHECK_FALSE(mixed.subchains[0].is_water);
  CHECK(mixed.subchains[0].is_polymer);
}

TEST_CASE("Occupancies are clipped to [0, 1], and a missing occupancy is 1") {
  const auto structure = read_structure(mmcif_text({{.occupancy = "-0.30"},
                                                    {.occupancy = "1.20"},
                                                    {.occupancy = "?"},
                                                    {.occupancy = "."},
                                                    {.occupancy = "0.25"}}),
                                        "x.cif");
  REQUIRE(structure.atoms.size() == 5);
  const double expected[] = {0, 1, 1, 1, 0.25};
  for (int i = 0; i < 5; ++i) CHECK(structure.atoms[i].occupancy == expected[i]);
}

TEST_CASE("By default, the first model of the file is read, not model 1") {
  const auto structure = read_structure(
      mmcif_text({{.x = "1", .model = "3"}, {.x = "2", .model = "3"}, {.x = "3", .model = "1"}}),
      "x.cif");
  CHECK(structure.model_id == "3");
  CHECK(structure.atoms.size() == 2);
}

TEST_CASE("A new residue begins if number or name changes, as in microheterogeneity") {
  const auto structure = read_structure(mmcif_text({{.comp = "ALA", .seq = "1"},
                                                    {.comp = "ALA", .seq = "1"},
                                                    {.comp = "SER", .seq = "1"},
                                                    {.comp = "SER", .seq = "2"}}),
                                        "x.cif");
  REQUIRE(structure.residues.size() == 3);
  CHECK(structure.residues[1].comp_id == "SER");
  CHECK(structure.residues[2].seq_id == 2);
  CHECK(structure.atoms[3].residue == 2);
}

TEST_CASE("Atoms without coordinates are passed over and counted") {
  const auto structure = read_structure(
      mmcif_text({{"1", "2", "3"}, {"?", "?", "?"}, {"nan", "NaN", "-nan"}, {"4", ".", "6"}}), "x");
  CHECK(structure.atoms.size() == 1);
  CHECK(structure.unmodelled_atoms == 3);
  CHECK(structure.subchains.size() == 1);
  CHECK_THROWS_WITH(read_structure(mmcif_text({{"?", "?", "?"}}), "x"),
                    contains("no atoms with coordinates"));
  CHECK_THROWS_WITH(read_structure(mmcif_text({{"1", "2", "nano"}}), "x"), contains("'nano'"));
  CHECK_THROWS_WITH(read_structure(mmcif_text({{"1", "2", "inf"}}), "x"), contains("'inf'"));
}

TEST_CASE("An unknown element is an atom, and a negative occupancy is 0") {
  AtomRow odd;
  odd.element = "X";
  odd.occupancy = "-0.5";
  const auto structure = read_structure(mmcif_text({odd}), "x");
  REQUIRE(structure.atoms.size() == 1);
  CHECK(structure.atoms[0].element == mmgym::kUnknownElement);
  CHECK(structure.atoms[0].occupancy == 0);
}

TEST_CASE("Without assembly records, the asymmetric unit is assembly 1") {
  const auto structure =
      read_structure(mmcif_text({{.x = "1", .subchain = "A"}, {.x = "2", .subchain = "B"}}), "x");
  REQUIRE(structure.assemblies.size() == 1);
  const auto assembly = build_assembly(structure, structure.assemblies[0]);
  CHECK(assembly.pdb_id == "1");
  CHECK(assembly.atom_count() == 2);
  CHECK(assembly.positions_A[1] == Vector3d(2, 0, 0));
}

TEST_CASE("The left factor of a product of operators is applied last") {
  const auto structure = read_structure(
      mmcif_text({{.x = "1", .y = "2", .z = "3", .subchain = "A"}, {.x = "9", .subchain = "B"}},
                 assembly_text("A,Z", "(1,X0)(P,X1)")),
      "x");
  const auto assembly = build_assembly(structure, structure.assemblies[0]);
  REQUIRE(assembly.atom_count() == 4);
  CHECK(assembly.positions_A[0] == Vector3d(101, 2, 3));
  CHECK(assembly.positions_A[1] == Vector3d(1, 12, 3));
  // X0 turns x into y: it acts after the shift.
  CHECK((assembly.positions_A[2] - Vector3d(-2, 101, 3)).norm() < 1e-12);
  CHECK((assembly.positions_A[3] - Vector3d(-12, 1, 3)).norm() < 1e-12);
  for (std::uint32_t i = 0; i < 4; ++i) CHECK(assembly.mate[i] == i);
}

TEST_CASE("Unusual but valid input is read") {
  SECTION("insertion codes and author numbering") {
    auto text = mmcif_text({{.seq = "7"}});
    text.replace(text.find(" 7 ? 0"), 6, " 7 B 0");
    CHECK(read_structure(text, "x").residues[0].author_seq_id == "7B");
  }
  SECTION("unknown elements") {
    const auto structure = read_structure(mmcif_text({{.element = "X"}, {.element = "Uuo"}}), "x");
    CHECK(structure.atoms[0].element == mmgym::kUnknownElement);
    CHECK(structure.atoms[1].element == mmgym::kUnknownElement);
  }
  SECTION("an assembly whose subchains have no atoms") {
    const auto structure = read_structure(mmcif_text({{}}, assembly_text("Q,R", "1,P")), "x");
    CHECK(structure.assemblies[0].mates.size() == 2);
    CHECK(build_assembly(structure, structure.assemblies[0]).atom_count() == 0);
  }
  SECTION("thousands of chains") {
    std::vector<AtomRow> atoms;
    for (int i = 0; i < 5000; ++i) atoms.push_back({.subchain = "C" + std::to_string(i)});
    CHECK(read_structure(mmcif_text(atoms), "x").subchains.size() == 5000);
  }
  SECTION("a single atom without a loop") {
    const auto structure = read_structure(
        "data_1abc\n_atom_site.type_symbol C\n_atom_site.Cartn_x 1\n_atom_site.Cartn_y 2\n"
        "_atom_site.Cartn_z 3\n",
        "x");
    REQUIRE(structure.atoms.size() == 1);
    CHECK(structure.atoms[0].position_A == Vector3d(1, 2, 3));
  }
}

TEST_CASE("The error of an invalid text contains the reason and the place") {
  const auto reason_of = [](const std::string& text) {
    try {
      read_structure(text, "x.cif");
    } catch (const StructureError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  CHECK_THAT(reason_of("this is no CIF"), contains("not CIF"));
  CHECK_THAT(reason_of("data_1abc\n_entry.id 1ABC\n"), contains("no atoms"));
  CHECK_THAT(reason_of(mmcif_text({{.element = "O", .comp = "HOH"}})),
             contains("no atoms besides"));
  CHECK_THAT(reason_of(mmcif_text({{}, {.y = "inf"}})), contains("row 2") && contains("Cartn_y"));
  CHECK_THAT(reason_of(mmcif_text({{.x = "1e30"}})), contains("row 1") && contains("Cartn_x"));
  CHECK_THAT(reason_of(mmcif_text({{.occupancy = "much"}})), contains("occupancy"));
  CHECK_THAT(refusal_of(mmcif_text({{}}, assembly_text("A", "1,7"))),
             contains("'7'") && contains("assembly 1"));
  CHECK_THAT(refusal_of(mmcif_text({{}}, assembly_text("A", "(1"))), contains("'(1'"));
  CHECK_THROWS_WITH(read_structure(mmcif_text({{}}, assembly_text("A", "(1-1000)(1-1001)")), "x"),
                    contains("--max-operators"));
  for (const char* seq : {"1.5", "12a", "99999999999"})
    CHECK_THAT(reason_of(mmcif_text({{}, {.seq = seq}})),
               contains("row 2") && contains("label_seq_id") && contains(seq));
}

TEST_CASE("Coordinates up to 100,000 A are read, and greater ones are refused with their row") {
  const auto structure =
      read_structure(mmcif_text({{.x = "99999", .y = "-99999.999", .z = "100000"}}), "x");
  CHECK(structure.atoms[0].position_A == Vector3d(99999, -99999.999, 100000));
  for (const char* value : {"100000.1", "-1e6", "1e308", "1e999", "-1e999", "inf"}) {
    INFO(value);
    CHECK_THROWS_WITH(read_structure(mmcif_text({{}, {.z = value}}), "x"),
                      contains("row 2 of _atom_site: Cartn_z is '") && contains(value));
  }
}

TEST_CASE("An operator that is no rotation is refused with its name if an assembly uses it") {
  const auto text = [](const char* expression, const char* matrix) {
    std::string result = mmcif_text({{}}, assembly_text("A", expression));
    return result + "H " + matrix + "\n";
  };
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"1.1 0 0 0  0 1.1 0 0  0 0 1.1 0", "differs from the identity by 0.21"},
      {"1 0.2 0 0  0 1 0 0  0 0 1 0", "differs from the identity by 0.2"},
      {"1 0 0 0  0 1 0 0  0 0 -1 0", "mirrors"},
      {"1 0 0 0  0 1 0 nan  0 0 1 0", "not a number"},
      {"1 0 0 0  0 1 0 ?  0 0 1 0", "not a number"},
      {"1 0 inf 0  0 1 0 0  0 0 1 0", ""},
      {"1e308 0 0 0  0 1 0 0  0 0 1 0", "differs from the identity by inf"},
      {"1 0 0 1e308  0 1 0 0  0 0 1 0", "shift is out of range"},
      {"1 0 0 100001  0 1 0 0  0 0 1 0", "shift is out of range"}};
  for (const auto& [matrix, reason] : cases) {
    INFO(matrix);
    CHECK_THAT(refusal_of(text("(1,H)(P)", matrix)),
               contains("assembly 1: operator 'H': ") && contains(reason));
    CHECK(read_structure(text("1", matrix), "x").assemblies.size() == 1);
  }
  // Each is accepted, their product is not.
  const char* scaled = "1.02 0 0 0  0 1.02 0 0  0 0 1.02 0";
  CHECK(refusal_of(text("(1,H)(P)", scaled)).empty());
  CHECK_THAT(refusal_of(text("(H)(H)", scaled)),
             contains("a product of operators in '(H)(H)'") && contains("by 0.0824"));
  const char* shift = "1 0 0 60000  0 1 0 0  0 0 1 0";
  CHECK_THAT(refusal_of(text("(H)(H)", shift)), contains("120000 A"));
}

TEST_CASE("A B factor that is not a number in range is unknown") {
  for (const char* value : {"1e308", "1e999", "-inf", "nan", "?"}) {
    std::string text = mmcif_text({{}});
    text.replace(text.find("20.5"), 4, value);
    CHECK(read_structure(text, "x").atoms[0].b_factor == 0);
  }
}
