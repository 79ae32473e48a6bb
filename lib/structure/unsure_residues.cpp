#include "structure/unsure_residues.h"

#include <algorithm>

namespace mmgym {

void leave_out_unsure_residues(Structure& structure, double min_plddt) {
  const auto is_unsure = [min_plddt](const Residue& residue) {
    return residue.plddt && *residue.plddt < min_plddt;
  };
  const auto& residues = structure.residues;
  structure.unsure_residues +=
      static_cast<std::size_t>(std::count_if(residues.begin(), residues.end(), is_unsure));
  std::erase_if(structure.atoms,
                [&](const Atom& atom) { return is_unsure(residues[atom.residue]); });
}

}  // namespace mmgym
