#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inputs/input_limits.h"
#include "structure/entity.h"
#include "structure/quality.h"
#include "structure/subchain.h"

namespace mmgym {

struct AssemblyFacts {
  std::string pdb_id;
  std::string kind;                    // _pdbx_struct_assembly.details, can be empty
  std::int64_t polymer_count = 0;      // from the file, else counted
  std::vector<std::string> subchains;  // including water, in the order of the file
  std::vector<std::uint32_t> copies;   // of each subchain
  std::string refusal = {};            // why it cannot be built; empty if it can
};

struct ModelFacts {
  std::string id;
  std::vector<Subchain> subchains;        // same numbers as in Structure
  bool is_full_atom = false;              // some residue has more than one atom
  std::optional<double> mean_plddt = {};  // of computed models
};

/// A structure without its atoms: the input of ranking, clustering and choosing.
struct StructureFacts {
  std::string pdb_id;              // lower case
  bool has_own_id = false;         // pdb_id is from the content, not from the name of the file
  std::string revision_date = {};  // of the last revision, YYYY-MM-DD; empty if unknown
  Quality quality;                 // without mean_plddt, which ModelFacts have
  std::vector<Entity> entities;
  std::vector<AssemblyFacts> assemblies;  // same order as in Structure
  std::vector<ModelFacts> models;
};

/// Reads the facts from an mmCIF text. Entities, assemblies and numbers of subchains agree with
/// read_structure(). Throws StructureError if the text is not mmCIF, has no atoms, or has an
/// invalid assembly, and InputError if it exceeds a limit.
StructureFacts read_facts(const std::string& text, const std::string& file_name,
                          const InputLimits& limits = {});
/// The same. If it throws, `facts` has the PDB id, unless the text is not CIF.
void read_facts(const std::string& text, const std::string& file_name, const InputLimits& limits,
                StructureFacts& facts);

}  // namespace mmgym
