#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "structure/structure.h"

namespace mmgym {

/// A biological assembly with every copy of every atom in its place. The n-th atom stands at
/// positions_A[n], is a copy of structure->atoms[source[n]], and belongs to symmetry mate mate[n].
/// Refers to the structure that it was built from, which must outlive it.
struct Assembly {
  const Structure* structure = nullptr;
  std::string pdb_id;
  std::vector<Eigen::Vector3d> positions_A;
  std::vector<std::uint32_t> source;
  std::vector<std::uint32_t> mate;

  std::size_t atom_count() const { return positions_A.size(); }
  const Atom& atom(std::size_t n) const { return structure->atoms[source[n]]; }
};

/// Builds an assembly, mate by mate, each subchain by subchain. Throws StructureError if it would
/// have more atoms than 32 bits can count.
Assembly build_assembly(const Structure& structure, const AssemblyRecipe& recipe);

}  // namespace mmgym
