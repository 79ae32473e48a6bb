#include "structure/assembly.h"

namespace mmgym {

Assembly build_assembly(const Structure& structure, const AssemblyRecipe& recipe) {
  Assembly assembly;
  assembly.structure = &structure;
  assembly.pdb_id = recipe.pdb_id;

  std::vector<std::vector<std::uint32_t>> atoms_of_subchain(structure.subchains.size());
  for (std::uint32_t i = 0; i < structure.atoms.size(); ++i)
    atoms_of_subchain[structure.residues[structure.atoms[i].residue].subchain].push_back(i);

  std::size_t count = 0;
  for (const auto& mate : recipe.mates)
    for (const auto subchain : mate.subchains) count += atoms_of_subchain[subchain].size();
  if (count > UINT32_MAX)
    throw StructureError("assembly " + recipe.pdb_id +
                         " has too many atoms: " + std::to_string(count));
  assembly.positions_A.reserve(count);
  assembly.source.reserve(count);
  assembly.mate.reserve(count);

  for (std::uint32_t mate = 0; mate < recipe.mates.size(); ++mate)
    for (const auto subchain : recipe.mates[mate].subchains)
      for (const auto source : atoms_of_subchain[subchain]) {
        assembly.positions_A.push_back(recipe.mates[mate].transform *
                                       structure.atoms[source].position_A);
        assembly.source.push_back(source);
        assembly.mate.push_back(mate);
      }
  return assembly;
}

}  // namespace mmgym
