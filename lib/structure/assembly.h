#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "inputs/input_limits.h"
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

/// Builds an assembly. Atoms are ordered by mate, then by subchain. Throws InputError if there are
/// too many atoms.
Assembly build_assembly(const Structure& structure, const AssemblyRecipe& recipe,
                        const InputLimits& limits = {});

}  // namespace mmgym
