#pragma once

#include <Eigen/Geometry>
#include <cstdint>
#include <gemmi/cif.hpp>
#include <optional>
#include <string>
#include <vector>

#include "structure/subchain.h"

// A helper of the readers in this folder; not for others, because it names gemmi's types.

namespace mmgym {

/// How a file defines an assembly.
struct AssemblyDefinition {
  /// A row of _pdbx_struct_assembly_gen: each transform makes a copy of each of the subchains.
  struct Generator {
    /// Each once, in the order of the file; none if the generator copies all that a model has.
    std::optional<std::vector<std::string>> subchains;
    std::vector<Eigen::Affine3d> transforms;
  };
  std::string pdb_id;
  std::string kind;                           // _pdbx_struct_assembly.details
  std::optional<std::int64_t> polymer_count;  // _pdbx_struct_assembly.oligomeric_count
  std::vector<Generator> generators;
};

/// The assemblies of a file, in the order in which they are first generated. A file without
/// operators or generators has one, "1", its asymmetric unit. Throws StructureError where a
/// generator names an operator that the file does not define, and where an operator makes no sense.
std::vector<AssemblyDefinition> read_assemblies(gemmi::cif::Block& block);

/// The ids of the subchains that a generator copies, for a model that has these.
std::vector<std::string> subchain_ids(const AssemblyDefinition::Generator& generator,
                                      const std::vector<Subchain>& model);

}  // namespace mmgym
