#include "structure/assembly.h"

#include <memory>

#include "base/huge_pages.h"
#include "base/text.h"

namespace mmgym {
namespace {

/// The atoms that a mate copies. Mates that share a list of subchains follow one another, so the
/// atoms are collected once per list.
class MateAtoms {
 public:
  explicit MateAtoms(const Structure& structure) : of_subchain_(structure.subchains.size()) {
    for (std::uint32_t i = 0; i < structure.atoms.size(); ++i)
      of_subchain_[structure.residues[structure.atoms[i].residue].subchain].push_back(i);
  }

  const std::vector<std::uint32_t>& of(const AssemblyRecipe::Mate& mate) {
    if (mate.subchains == list_) return atoms_;
    list_ = mate.subchains;
    atoms_.clear();
    for (const auto subchain : *list_)
      atoms_.insert(atoms_.end(), of_subchain_[subchain].begin(), of_subchain_[subchain].end());
    return atoms_;
  }

 private:
  std::vector<std::vector<std::uint32_t>> of_subchain_;
  std::shared_ptr<const AssemblyRecipe::Subchains> list_;
  std::vector<std::uint32_t> atoms_;
};

}  // namespace

Assembly build_assembly(const Structure& structure, const AssemblyRecipe& recipe,
                        const InputLimits& limits) {
  Assembly assembly;
  assembly.structure = &structure;
  assembly.pdb_id = recipe.pdb_id;

  MateAtoms atoms(structure);
  std::size_t count = 0;
  for (const auto& mate : recipe.mates) {
    count += atoms.of(mate).size();
    check_limit(count, limits, &InputLimits::max_assembly_atoms, "atoms",
                "assembly " + shortened(recipe.pdb_id));
  }
  reserve_large(assembly.positions_A, count);
  reserve_large(assembly.source, count);
  reserve_large(assembly.mate, count);

  for (std::uint32_t mate = 0; mate < recipe.mates.size(); ++mate)
    for (const auto source : atoms.of(recipe.mates[mate])) {
      assembly.positions_A.push_back(recipe.mates[mate].transform *
                                     structure.atoms[source].position_A);
      assembly.source.push_back(source);
      assembly.mate.push_back(mate);
    }
  return assembly;
}

}  // namespace mmgym
