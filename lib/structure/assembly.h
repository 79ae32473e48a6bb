#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "structure/structure.h"

namespace mmgym {

/// A biological assembly: every copy of every atom. The n-th atom is at positions_A[n], is a copy
/// of structure->atoms[source[n]], and belongs to symmetry mate mate[n]. The structure must outlive
/// the assembly.
struct Assembly {
  const Structure* structure = nullptr;
  std::string pdb_id;
  std::vector<Eigen::Vector3d> positions_A;
  std::vector<std::uint32_t> source;
  std::vector<std::uint32_t> mate;

  std::size_t atom_count() const { return positions_A.size(); }
  const Atom& atom(std::size_t n) const { return structure->atoms[source[n]]; }
};

/// Builds an assembly. Atoms are ordered by mate, then by subchain. Throws StructureError if there
/// are more atoms than 32 bits can count.
Assembly build_assembly(const Structure& structure, const AssemblyRecipe& recipe);

}  // namespace mmgym
