#include "structure/facts.h"

#include "catch.h"
#include "inputs/read_file.h"
#include "mmcif_text.h"
#include "structure/cut_atoms.h"
#include "structure/read_structure.h"

using namespace mmgym;
using testing::contains;

namespace {

const std::string kMore =
    "_exptl.method 'X-RAY DIFFRACTION'\n"
    "_refine.ls_d_res_high 1.95\n_refine.ls_R_factor_R_free ?\n_refine.ls_R_factor_R_work 0\n"
    "_pdbx_database_status.recvd_initial_deposition_date 2001-02-03\n"
    "loop_\n_pdbx_entity_nonpoly.entity_id\n_pdbx_entity_nonpoly.comp_id\n2 GOL\n"
    "loop_\n_pdbx_struct_assembly.id\n_pdbx_struct_assembly.details\n"
    "_pdbx_struct_assembly.oligomeric_count\n1 author_defined_assembly ?\n";

/// What two readings of the same facts have in common, as text.
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

}  // namespace

TEST_CASE("The facts of a structure are its quality, entities, assemblies and models") {
  const auto facts = read_facts(
      testing::mmcif_text({{.x = "1"}, {.x = "2"}, {.subchain = "B", .seq = "."}, {.model = "2"}},
                          testing::assembly_text("A,B", "(1,P)(X0,X1)") + kMore),
      "1abc.cif");
  CHECK(facts.pdb_id == "1abc");
  CHECK(facts.quality.method == "X-RAY DIFFRACTION");
  CHECK(facts.quality.deposition_date == "2001-02-03");
  CHECK(facts.quality.resolution_A() == 1.95);
  CHECK_FALSE(facts.quality.r_free);
  CHECK_FALSE(facts.quality.r_work);  // zero is no figure
  REQUIRE(facts.entities.size() == 2);
  CHECK(facts.entities[0].polymer_type == "polypeptide(L)");
  CHECK(facts.entities[1].comp_id == "GOL");
  REQUIRE(facts.assemblies.size() == 1);
  CHECK(facts.assemblies[0].kind == "author_defined_assembly");
  CHECK(facts.assemblies[0].copies == std::vector<std::uint32_t>{4, 4});
  CHECK(facts.assemblies[0].polymer_count == 8);  // not told, so counted
  REQUIRE(facts.models.size() == 2);
  CHECK(facts.models[0].subchains.size() == 2);
  CHECK(facts.models[0].is_full_atom);
  CHECK(facts.models[1].id == "2");
  CHECK_FALSE(facts.models[1].is_full_atom);
}

TEST_CASE("A text of another layout gives the same facts") {
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
  std::string returns;  // line ends of Windows
  for (const char c : usual) returns += c == '\n' ? "\r\n" : std::string(1, c);
  const std::string expected = summary(read_facts(usual, "1abc.cif"));
  CHECK(summary(read_facts(joined, "1abc.cif")) == expected);
  CHECK(summary(read_facts(wrapped, "1abc.cif")) == expected);
  CHECK(summary(read_facts(returns, "1abc.cif")) == expected);
}

TEST_CASE("Facts name the subchains, assemblies and models that reading the structure gives") {
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(MMGYM_SOURCE_DIR) / "data-samples")) {
    if (entry.path().extension() != ".gz") continue;
    CAPTURE(entry.path().filename().string());
    const std::string text = read_file(entry.path());
    const auto facts = read_facts(text, entry.path().filename().string());
    const auto structure = read_structure(text, entry.path().filename().string());
    CHECK(facts.pdb_id == structure.pdb_id);
    REQUIRE(facts.assemblies.size() == structure.assemblies.size());
    for (std::size_t i = 0; i < facts.assemblies.size(); ++i)
      CHECK(facts.assemblies[i].pdb_id == structure.assemblies[i].pdb_id);
    CHECK(facts.models.front().id == structure.model_id);
    const auto& told = facts.models.front().subchains;
    for (const auto& subchain : structure.subchains)
      CHECK(std::any_of(told.begin(), told.end(), [&subchain](const auto& other) {
        return other.id == subchain.id && other.chain_id == subchain.chain_id &&
               other.entity_id == subchain.entity_id;
      }));
    const std::string last = facts.models.back().id;
    CHECK(read_structure(text, "x", last).model_id == last);
  }
}

TEST_CASE("Branched entities are alike if their residues and bonds are") {
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

TEST_CASE("A file without atoms has no facts") {
  CHECK_THROWS_WITH(read_facts("data_1abc\n_entry.id 1ABC\n", "x"), contains("no atoms"));
  CHECK_THROWS_WITH(read_facts("Dear editor,", "x"), contains("not CIF"));
}
