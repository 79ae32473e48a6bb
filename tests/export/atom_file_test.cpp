#include "export/atom_file.h"

#include "catch.h"
#include "gemmi_reader.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::read_cif;

namespace {

/// Two copies of an atom with all annotations, the second stored first, and a ligand.
AnnotatedAtoms atoms() {
  AnnotatedAtoms atoms;
  atoms.drawing.x_A = {1, 1, 5};
  atoms.drawing.y_A = {2, 2, 6};
  atoms.drawing.z_A = {3, 3, 7};
  atoms.drawing.occupancy = {0.25F, 0.25F, 1};
  atoms.drawing.element = {34, 34, 30};
  atoms.drawing.flags = {kIsPolymer, kIsPolymer, 0};
  AnnotatedResidue residue;
  residue.chain_id = "X";
  residue.subchain_id = "A";
  residue.entity_id = "1";
  residue.comp_id = "MSE";
  residue.author_seq_id = "-7B";
  residue.seq_id = 12;
  residue.polymer_label = 0;
  AnnotatedResidue copy = residue;
  copy.symmetry_mate = 2;
  AnnotatedResidue zinc;
  zinc.chain_id = "X";
  zinc.subchain_id = "B";
  zinc.entity_id = "2";
  zinc.comp_id = "ZN";
  zinc.author_seq_id = "301";
  atoms.annotation.residues = {copy, residue, zinc};
  atoms.annotation.residue = {0, 1, 2};
  atoms.annotation.name = {"SE'", "SE'", "ZN"};
  atoms.annotation.alt_id = {'C', 'C', 0};
  atoms.annotation.b_factor = {11.5F, 11.5F, 20};
  return atoms;
}

}  // namespace

TEST_CASE("gemmi reads exported atoms with all of their annotations") {
  using Rows = std::vector<std::vector<std::string>>;
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "a.cif";
  write_atoms(path, "name", atoms(), {0, 1, 2}, make_frame({1, 0, 0}), {"polypeptide(L)"});
  CHECK(read_cif(path, "_entry.", {"id"}) == Rows{{"name"}});
  // The first mate comes first, and its polymer before its ligand.
  CHECK(read_cif(path, "_atom_site.",
                 {"group_PDB", "type_symbol", "label_atom_id", "label_alt_id", "label_comp_id",
                  "label_asym_id", "auth_asym_id", "label_entity_id"}) ==
        Rows{{"ATOM", "SE", "SE'", "C", "MSE", "A", "X", "1"},
             {"HETATM", "ZN", "ZN", "", "ZN", "B", "X", "2"},
             {"ATOM", "SE", "SE'", "C", "MSE", "A-3", "X-3", "1"}});
  CHECK(read_cif(path, "_atom_site.",
                 {"label_seq_id", "auth_seq_id", "pdbx_PDB_ins_code", "occupancy", "B_iso_or_equiv",
                  "Cartn_x", "Cartn_y", "Cartn_z"}) ==
        Rows{{"12", "-7", "B", "0.25", "11.50", "0.000", "2.000", "3.000"},
             {"", "301", "", "1", "20.00", "4.000", "6.000", "7.000"},
             {"12", "-7", "B", "0.25", "11.50", "0.000", "2.000", "3.000"}});
  CHECK(read_cif(path, "_entity.", {"id", "type"}) == Rows{{"1", "polymer"}, {"2", "non-polymer"}});
  CHECK(read_cif(path, "_entity_poly.", {"entity_id", "type"}) == Rows{{"1", "polypeptide(L)"}});
}

TEST_CASE("Only the chosen atoms are written") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "a.cif";
  write_atoms(path, "name", atoms(), {2}, Frame::Identity(), {"polypeptide(L)"});
  const auto rows = read_cif(path, "_atom_site.", {"label_comp_id"});
  REQUIRE(rows.size() == 1);
  CHECK(rows[0][0] == "ZN");
  CHECK(read_cif(path, "_entity_poly.", {"type"}).empty());
  CHECK_THROWS_WITH(write_atoms("/no/folder/a.cif", "n", atoms(), {0}, Frame::Identity(), {}),
                    testing::contains("/no/folder/a.cif"));
}
