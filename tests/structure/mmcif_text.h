#pragma once

#include <string>
#include <vector>

namespace mmgym::testing {

/// A row of _atom_site, by default a plausible carbon.
struct AtomRow {
  std::string x = "0";
  std::string y = "0";
  std::string z = "0";
  std::string element = "C";
  std::string comp = "ALA";
  std::string subchain = "A";
  std::string occupancy = "1.00";
  std::string model = "1";
  std::string alt = ".";
  std::string seq = "1";
  std::string entity = "1";
};

/// Returns an mmCIF text with these atoms, followed by `more`. Entity 1 is a polymer, entity 2 a
/// ligand.
inline std::string mmcif_text(const std::vector<AtomRow>& atoms, const std::string& more = "") {
  std::string text =
      "data_1ABC\n_entry.id 1ABC\n"
      "loop_\n_entity.id\n_entity.type\n1 polymer\n2 non-polymer\n"
      "loop_\n_entity_poly.entity_id\n_entity_poly.type\n1 'polypeptide(L)'\n"
      "loop_\n_atom_site.type_symbol\n_atom_site.label_atom_id\n_atom_site.label_alt_id\n"
      "_atom_site.label_comp_id\n_atom_site.label_asym_id\n_atom_site.label_entity_id\n"
      "_atom_site.label_seq_id\n_atom_site.pdbx_PDB_ins_code\n_atom_site.Cartn_x\n"
      "_atom_site.Cartn_y\n_atom_site.Cartn_z\n_atom_site.occupancy\n"
      "_atom_site.B_iso_or_equiv\n_atom_site.auth_seq_id\n_atom_site.auth_asym_id\n"
      "_atom_site.pdbx_PDB_model_num\n";
  for (const auto& a : atoms)
    text += a.element + " CA " + a.alt + " " + a.comp + " " + a.subchain + " " + a.entity + " " +
            a.seq + " ? " + a.x + " " + a.y + " " + a.z + " " + a.occupancy + " 20.5 " + a.seq +
            " " + a.subchain + " " + a.model + "\n";
  return text + "#\n" + more;
}

/// Returns the operators 1 (identity), P (shift of 100 A along x), X0 (quarter turn about z) and X1
/// (shift of 10 A along y), and an assembly "1" of `subchains` under `expression`.
inline std::string assembly_text(const std::string& subchains, const std::string& expression) {
  std::string text =
      "loop_\n_pdbx_struct_assembly_gen.assembly_id\n_pdbx_struct_assembly_gen.oper_expression\n"
      "_pdbx_struct_assembly_gen.asym_id_list\n1 '" +
      expression + "' '" + subchains + "'\n#\nloop_\n_pdbx_struct_oper_list.id\n";
  for (int i = 1; i <= 3; ++i) {
    for (int k = 1; k <= 3; ++k)
      text +=
          "_pdbx_struct_oper_list.matrix[" + std::to_string(i) + "][" + std::to_string(k) + "]\n";
    text += "_pdbx_struct_oper_list.vector[" + std::to_string(i) + "]\n";
  }
  text += "1  1 0 0 0    0 1 0 0   0 0 1 0\n";
  text += "P  1 0 0 100  0 1 0 0   0 0 1 0\n";
  text += "X0 0 -1 0 0   1 0 0 0   0 0 1 0\n";
  text += "X1 1 0 0 0    0 1 0 10  0 0 1 0\n";
  return text;
}

}  // namespace mmgym::testing
