#pragma once

#include <Eigen/Geometry>
#include <cstdint>
#include <gemmi/cif.hpp>
#include <optional>
#include <string>
#include <vector>

#include "inputs/input_limits.h"
#include "structure/subchain.h"

// For the readers in this folder only: it uses gemmi's types.

namespace mmgym {

/// How a file defines an assembly.
struct AssemblyDefinition {
  /// A row of _pdbx_struct_assembly_gen: each transform copies each subchain.
  struct Generator {
    /// Ids without duplicates, in the order of the file; none if the generator copies all
    /// subchains.
    std::optional<std::vector<std::string>> subchains;
    std::vector<Eigen::Affine3d> transforms;
  };
  std::string pdb_id;
  std::string kind;                           // _pdbx_struct_assembly.details
  std::optional<std::int64_t> polymer_count;  // _pdbx_struct_assembly.oligomeric_count
  std::vector<Generator> generators;
  /// Why the assembly cannot be built; empty if it can.
  std::string refusal;
};

/// Reads the assemblies of a file, in the order of their first generators. A file without operators
/// or generators has one assembly, "1": its asymmetric unit. An assembly is refused, and has no
/// generators, if one of them names an undefined operator or one that is not a rotation and a shift
/// (why_not_rigid()). Throws InputError if there are too many assemblies or operators.
std::vector<AssemblyDefinition> read_assemblies(gemmi::cif::Block& block,
                                                const InputLimits& limits);

/// Returns the ids of the subchains that a generator copies, for a model with the subchains
/// `model`.
std::vector<std::string> subchain_ids(const AssemblyDefinition::Generator& generator,
                                      const std::vector<Subchain>& model);

}  // namespace mmgym
