#include "structure/facts.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "catch.h"
#include "inputs/read_file.h"
#include "mmcif_text.h"
#include "structure/cut_atoms.h"
#include "structure/read_structure.h"

using namespace mmgym;
using testing::AtomRow;
using testing::contains;

namespace {

const std::string kMore =
    "_exptl.method 'X-RAY DIFFRACTION'\n"
    "_refine.ls_d_res_high 1.95\n_refine.ls_R_factor_R_free ?\n_refine.ls_R_factor_R_work 0\n"
    "_pdbx_database_status.recvd_initial_deposition_date 2001-02-03\n"
    "loop_\n_pdbx_audit_revision_history.ordinal\n_pdbx_audit_revision_history.revision_date\n"
    "1 2002-03-04\n2 2023-11-15\n3 2011-07-13\n4 ?\n5 2099\n"
    "loop_\n_pdbx_entity_nonpoly.entity_id\n_pdbx_entity_nonpoly.comp_id\n2 GOL\n"
    "loop_\n_pdbx_struct_assembly.id\n_pdbx_struct_assembly.details\n"
    "_pdbx_struct_assembly.oligomeric_count\n1 author_defined_assembly ?\n";

/// Facts as text, for comparison.
std::string summary(const StructureFacts& facts) {
  std::string text = facts.pdb_id + " " + facts.quality.method + "\n";
  for (const auto& e : facts.entities)
    text += "entity " + e.id + e.type + e.polymer_type + e.sequence + e.comp_id + e.links + "\n";
  for (const auto& a : facts.assemblies) {
    text += "assembly " + a.pdb_id + a.kind + std::to_string(a.polymer_count);
    for (std::size_t i = 0; i < a.subchains.size(); ++i)
      text += " " + a.subchains[i] + "x" + std::to_string(a.copies[i]);
    text += "\n";
  }
  for (const auto& m : facts.models) {
    text += "model " + m.id + (m.is_full_atom ? " full" : " trace");
    for (const auto& s : m.subchains) text += " " + s.id + "/" + s.chain_id + "/" + s.entity_id;
    text += "\n";
  }
  return text;
}

/// Compares the facts of a text with the structures of its models.
void check_agreement(const std::string& text, const std::string& file_name) {
  const auto facts = read_facts(text, file_name);
  CHECK(read_structure(text, file_name).model_id == facts.models.front().id);
  for (const auto& model : facts.models) {
    CAPTURE(model.id);
    const auto structure = read_structure(text, file_name, model.id);
    CHECK(structure.model_id == model.id);

    REQUIRE(structure.subchains.size() == model.subchains.size());
    std::vector<bool> has_atoms(model.subchains.size(), false);
    for (const auto& residue : structure.residues) has_atoms.at(residue.subchain) = true;
    for (std::size_t i = 0; i < model.subchains.size(); ++i) {
      const Subchain& a = model.subchains[i];
      const Subchain& b = structure.subchains[i];
      CHECK(std::tie(a.id, a.chain_id, a.entity_id, a.polymer_type, a.is_polymer, a.is_water) ==
            std::tie(b.id, b.chain_id, b.entity_id, b.polymer_type, b.is_polymer, b.is_water));
      CHECK_FALSE((a.is_water && has_atoms[i]));
    }

    REQUIRE(structure.assemblies.size() == facts.assemblies.size());
    for (std::size_t i = 0; i < facts.assemblies.size(); ++i) {
      const AssemblyFacts& assembly = facts.assemblies[i];
      CHECK(structure.assemblies[i].pdb_id == assembly.pdb_id);
      std::map<std::string, std::uint32_t> copies;
      for (const auto& mate : structure.assemblies[i].mates)
        for (const auto number : *mate.subchains) ++copies[structure.subchains.at(number).id];
      std::map<std::string, std::uint32_t> expected;
      for (std::size_t s = 0; s < assembly.subchains.size(); ++s)
        if (std::any_of(model.subchains.begin(), model.subchains.end(),
                        [&](const auto& subchain) { return subchain.id == assembly.subchains[s]; }))
          expected[assembly.subchains[s]] = assembly.copies[s];
      CHECK(copies == expected);
    }
  }
}

}  // namespace

TEST_CASE("Facts contain quality, entities, assemblies and models") {
  const auto facts = read_facts(
      testing::mmcif_text({{.x = "1"}, {.x = "2"}, {.subchain = "B", .seq = "."}, {.model = "2"}},
                          testing::assembly_text("A,B", "(1,P)(X0,X1)") + kMore),
      "1abc.cif");
  CHECK(facts.pdb_id == "1abc");
  CHECK(facts.quality.method == "X-RAY DIFFRACTION");
  CHECK(facts.quality.deposition_date == "2001-02-03");
  CHECK(facts.revision_date == "2023-11-15");  // the latest that is a date
  CHECK(facts.quality.resolution_A() == 1.95);
  CHECK_FALSE(facts.quality.r_free);
  CHECK_FALSE(facts.quality.r_work);  // zero is invalid
  REQUIRE(facts.entities.size() == 2);
  CHECK(facts.entities[0].polymer_type == "polypeptide(L)");
  CHECK(facts.entities[1].comp_id == "GOL");
  REQUIRE(facts.assemblies.size() == 1);
  CHECK(facts.assemblies[0].kind == "author_defined_assembly");
  CHECK(facts.assemblies[0].copies == std::vector<std::uint32_t>{4, 4});
  CHECK(facts.assemblies[0].polymer_count == 8);  // missing in the file, so counted
  REQUIRE(facts.models.size() == 2);
  CHECK(facts.models[0].subchains.size() == 2);
  CHECK(facts.models[0].is_full_atom);
  CHECK(facts.models[1].id == "2");
  CHECK_FALSE(facts.models[1].is_full_atom);
}

TEST_CASE("Facts do not depend on the layout of the text") {
  const std::string usual = testing::mmcif_text(
      {{.x = "1"}, {.x = "2"}, {.comp = "'A B'", .subchain = "B"}, {.model = "2"}},
      testing::assembly_text("A,B", "1,P") + kMore +
          "_struct.title\n;\nloop_ of\n_entity.id 9\ndata_none\n;\n");
  CHECK(cut_atoms(usual, {"_entity."}).has_value());
  std::string joined = usual;  // loop_ and its first name on one line
  joined.replace(joined.find("loop_\n_atom_site"), 6, "loop_ ");
  CHECK_FALSE(cut_atoms(joined, {"_entity."}).has_value());
  std::string wrapped = usual;  // rows of two lines each
  wrapped.replace(wrapped.find(" 20.5 "), 6, "\n20.5 ");
  CHECK(cut_atoms(wrapped, {"_entity."}).has_value());
  std::string returns;  // Windows line ends
  for (const char c : usual) returns += c == '\n' ? "\r\n" : std::string(1, c);
  const std::string expected = summary(read_facts(usual, "1abc.cif"));
  CHECK(summary(read_facts(joined, "1abc.cif")) == expected);
  CHECK(summary(read_facts(wrapped, "1abc.cif")) == expected);
  CHECK(summary(read_facts(returns, "1abc.cif")) == expected);
}

TEST_CASE("Facts and structures agree on the subchains and assemblies of every sample entry") {
  std::size_t compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(MMGYM_SOURCE_DIR) / "data-samples")) {
    if (entry.path().extension() != ".gz") continue;
    CAPTURE(entry.path().filename().string());
    check_agreement(read_file(entry.path()), entry.path().filename().string());
    ++compared;
  }
  CHECK(compared >= 10);
}

TEST_CASE("Facts and structures agree on unusual texts") {
  const std::string water =
      "#\nloop_\n_struct_asym.id\n_struct_asym.entity_id\nA 1\nB 2\nW 3\n"
      "loop_\n_pdbx_entity_nonpoly.entity_id\n_pdbx_entity_nonpoly.comp_id\n2 GOL\n3 HOH\n";
  const std::vector<AtomRow> atoms = {
      {.element = "H", .subchain = "B", .seq = ".", .entity = "?"},
      {.comp = "WAT", .subchain = "W", .seq = ".", .entity = "?"},
      {.entity = "?"},
      {.comp = "GOL", .subchain = "B", .seq = ".", .entity = "?"},
      {.comp = "HOH", .subchain = "X", .seq = ".", .entity = "?"},
      {.subchain = "A", .model = "2", .seq = "1", .entity = "?"},
      {.comp = "GOL", .subchain = "B", .model = "2", .seq = ".", .entity = "?"}};
  SECTION("entities from _struct_asym, no assembly records") {
    check_agreement(testing::mmcif_text(atoms, water), "x");
    const auto facts = read_facts(testing::mmcif_text(atoms, water), "x");
    REQUIRE(facts.models.front().subchains.size() == 4);
    CHECK(summary(facts).find("model 1 trace B/B/2 W/W/3 A/A/1 X/X/\n") != std::string::npos);
    CHECK(facts.assemblies[0].polymer_count == 1);
  }
  SECTION("an assembly with a subchain that no model has") {
    check_agreement(testing::mmcif_text(atoms, water + testing::assembly_text("B,Q,A,W", "1,P")),
                    "x");
  }
  SECTION("operators without matrices") {
    const std::string text = testing::mmcif_text(
        atoms, water +
                   "#\n_pdbx_struct_oper_list.id 1\n_pdbx_struct_assembly_gen.assembly_id 7\n"
                   "_pdbx_struct_assembly_gen.oper_expression 1\n"
                   "_pdbx_struct_assembly_gen.asym_id_list A\n");
    check_agreement(text, "x");
    CHECK(read_facts(text, "x").assemblies[0].pdb_id == "1");
  }
  SECTION("no entities") {
    std::string text = testing::mmcif_text(atoms);
    text.erase(text.find("loop_\n_entity.id"),
               text.find("loop_\n_atom_site") - text.find("loop_\n_entity.id"));
    check_agreement(text, "x");
  }
}

TEST_CASE("Figures out of range are unknown") {
  const auto quality = [](const std::string& items) {
    return read_facts(testing::mmcif_text({{}}, items), "x").quality;
  };
  const std::string digits(400, '9');
  for (const std::string& value :
       {std::string("1e300"), std::string("1e-300"), std::string("nan"), std::string("inf"),
        std::string("-1"), std::string("0"), digits, "0." + std::string(400, '0') + "1"}) {
    CAPTURE(value);
    CHECK_FALSE(quality("_refine.ls_d_res_high " + value + "\n").xtal_resolution_A);
    CHECK_FALSE(quality("_refine.ls_R_factor_R_work " + value + "\n").r_work);
    CHECK_FALSE(quality("_refine.ls_R_factor_R_free " + value + "\n").r_free);
    CHECK_FALSE(quality("_em_3d_reconstruction.resolution " + value + "\n").em_resolution_A);
  }
  CHECK(quality("_refine.ls_d_res_high 1." + digits + "\n").xtal_resolution_A == 2);
  CHECK(quality("_refine.ls_R_factor_R_free 0.214\n").r_free == 0.214);
}

TEST_CASE("The PDB id comes from the entry, else the block, else the file name") {
  const auto id_of = [](const std::string& text, const std::string& file) {
    const auto facts = read_facts(text, file);
    return facts.pdb_id + (facts.has_own_id ? "" : " of the file");
  };
  CHECK(id_of(testing::mmcif_text({{}}), "other.cif") == "1abc");
  const std::string bare =
      "loop_\n_atom_site.type_symbol\n_atom_site.Cartn_x\n_atom_site.Cartn_y\n"
      "_atom_site.Cartn_z\nC 1 2 3\n";
  CHECK(id_of("data_pdb_00001ABC\n" + bare, "other.cif") == "pdb_00001abc");
  CHECK(id_of("data_ \n" + bare, "2XYZ.cif.gz") == "2xyz of the file");
  // Programs write these into every file.
  CHECK(id_of("data_1ABC\n_entry.id model_1\n" + bare, "other.cif") == "1abc");
  for (const char* generic : {"model", "structure_2", "unknown_id", "data_", "Unknown", "xxxx"})
    CHECK(id_of(std::string("data_") + generic + "\n" + bare, "a/b/2XYZ.x.cif") ==
          "2xyz of the file");
}

TEST_CASE("An assembly with an unknown operator is refused, and the others are kept") {
  std::string text = testing::mmcif_text({{}}, testing::assembly_text("A", "1"));
  const std::string row = "1 '1' 'A'\n";
  text.replace(text.find(row), row.size(), row + "2 '9' 'A'\n2 '1' 'A'\n");
  const auto with_two = read_facts(text, "x");
  REQUIRE(with_two.assemblies.size() == 2);
  CHECK(with_two.assemblies[0].refusal.empty());
  CHECK_THAT(with_two.assemblies[1].refusal, contains("assembly 2 uses operator '9'"));
  CHECK(with_two.assemblies[1].subchains.empty());
  CHECK(read_structure(text, "x").assemblies.size() == 1);
}

TEST_CASE("A PDB id that is too long is refused") {
  const std::string text = testing::mmcif_text({{}});
  const auto with_id = [&](std::size_t bytes) {
    std::string changed = text;
    return changed.replace(changed.find("_entry.id 1ABC"), 14,
                           "_entry.id " + std::string(bytes, 'a'));
  };
  CHECK(read_facts(with_id(255), "x").pdb_id.size() == 255);
  CHECK_THROWS_WITH(read_facts(with_id(256), "x"), contains("the PDB id has 256 bytes"));
}

TEST_CASE("A date that is none is unknown") {
  const std::string item = "_pdbx_database_status.recvd_initial_deposition_date ";
  const auto date = [&item](const std::string& value) {
    return read_facts(testing::mmcif_text({{}}, item + value + "\n"), "x").quality.deposition_date;
  };
  CHECK(date("2001-12-31") == "2001-12-31");
  for (const char* value : {"?", "9", "zzzz-zz-zz", "2001-12-310", "'2001 12 31'"})
    CHECK_FALSE(date(value));
}

TEST_CASE("An impossible number of polymers is counted instead") {
  for (const char* count : {"-1", "1e300", "nan", "?"}) {
    const std::string more = testing::assembly_text("A", "1,P") +
                             "_pdbx_struct_assembly.id 1\n_pdbx_struct_assembly.oligomeric_count " +
                             count + "\n";
    CHECK(read_facts(testing::mmcif_text({{}}, more), "x").assemblies[0].polymer_count == 2);
  }
}

TEST_CASE("Branched entities are equal if their residues and bonds are equal") {
  const auto links = [](const std::string& rows) {
    return testing::mmcif_text({{}},
                               "loop_\n_pdbx_entity_branch_link.entity_id\n"
                               "_pdbx_entity_branch_link.entity_branch_list_num_1\n"
                               "_pdbx_entity_branch_link.comp_id_1\n"
                               "_pdbx_entity_branch_link.atom_id_1\n"
                               "_pdbx_entity_branch_link.entity_branch_list_num_2\n"
                               "_pdbx_entity_branch_link.comp_id_2\n"
                               "_pdbx_entity_branch_link.atom_id_2\n" +
                                   rows);
  };
  const auto key = [&](const std::string& rows) {
    return read_facts(links(rows), "x").entities[1].links;
  };
  CHECK(key("2 2 NAG C1 1 NAG O4\n2 3 BMA C1 2 NAG O4\n") ==
        key("2 3 BMA C1 2 NAG O4\n2 2 NAG C1 1 NAG O4\n"));
  CHECK(key("2 2 NAG C1 1 NAG O4\n") != key("2 2 NAG C1 1 NAG O6\n"));
}

TEST_CASE("A text without atoms is refused") {
  CHECK_THROWS_WITH(read_facts("data_1abc\n_entry.id 1ABC\n", "x"), contains("no atoms"));
  CHECK_THROWS_WITH(read_facts("Dear editor,", "x"), contains("not CIF"));
}
