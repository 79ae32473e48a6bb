#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "structure/entity.h"
#include "structure/quality.h"
#include "structure/subchain.h"

namespace mmgym {

struct AssemblyFacts {
  std::string pdb_id;
  std::string kind;                    // _pdbx_struct_assembly.details, empty if there are none
  std::int64_t polymer_count = 0;      // as the file has it, else counted
  std::vector<std::string> subchains;  // water included, in the order of the file
  std::vector<std::uint32_t> copies;   // of each of them
};

struct ModelFacts {
  std::string id;
  /// As Structure has them.
  std::vector<Subchain> subchains;
  bool is_full_atom = false;  // some residue has more than one atom
};

/// All of a structure except its atoms: all that ranking, clustering and choosing need.
struct StructureFacts {
  std::string pdb_id;  // lower case
  Quality quality;
  std::vector<Entity> entities;
  std::vector<AssemblyFacts> assemblies;  // as Structure has them
  std::vector<ModelFacts> models;
};

/// Reads the facts from an mmCIF text. They agree with what read_structure() reads: entities,
/// assemblies, and the subchains of a model with their numbers are the same. Throws StructureError
/// where the text is not mmCIF, has no atoms, or has an assembly that makes no sense.
StructureFacts read_facts(const std::string& text, const std::string& file_name);

}  // namespace mmgym
