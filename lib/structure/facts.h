#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "structure/quality.h"

namespace mmgym {

struct EntityFacts {
  std::string id;
  std::string type;          // _entity.type: polymer, non-polymer, branched, water
  std::string polymer_type;  // _entity_poly.type
  std::string sequence;      // of polymers: one-letter codes, canonical where the file tells
  std::string comp_id;       // of what is a single residue: its code
  std::string links;         // of branched entities: their residues and bonds, in a fixed order

  bool is_water() const { return type == "water" || comp_id == "HOH" || comp_id == "DOD"; }
};

struct AssemblyFacts {
  std::string pdb_id;
  std::string kind;                    // _pdbx_struct_assembly.details, empty if not told
  std::int64_t polymer_count = 0;      // as told, else counted
  std::vector<std::string> subchains;  // water included, in the order of the file
  std::vector<std::uint32_t> copies;   // of each of them
};

struct ModelFacts {
  struct Subchain {
    std::string id;
    std::string chain_id;
    std::string entity_id;
  };
  std::string id;
  std::vector<Subchain> subchains;  // water included, in the order of the file
  bool is_full_atom = false;        // some residue has more than one atom
};

/// What is told of a structure besides its coordinates: all that ranking, clustering and choosing
/// need.
struct StructureFacts {
  std::string pdb_id;  // lower case
  Quality quality;
  std::vector<EntityFacts> entities;
  std::vector<AssemblyFacts> assemblies;  // as Structure has them
  std::vector<ModelFacts> models;
};

/// Reads the facts from an mmCIF text. Throws StructureError where the text is not mmCIF or has no
/// atoms.
StructureFacts read_facts(const std::string& text, const std::string& file_name);

}  // namespace mmgym
