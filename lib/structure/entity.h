#pragma once

#include <string>
#include <string_view>

namespace mmgym {

/// Whether a residue name (label_comp_id) stands for water.
inline bool is_water_code(std::string_view comp_id) { return comp_id == "HOH" || comp_id == "DOD"; }

/// A chemical entity. Fields are empty where the file does not give them.
struct Entity {
  std::string id;
  std::string type;          // _entity.type, lower case: polymer, non-polymer, branched, water
  std::string polymer_type;  // _entity_poly.type
  std::string sequence;      // of polymers: one-letter codes, canonical where the file has them
  std::string comp_id;       // of entities that are a single residue: its name
  std::string links;         // of branched entities: their residues and bonds, sorted

  bool is_polymer() const { return type == "polymer"; }
  bool is_water() const { return type == "water" || is_water_code(comp_id); }
};

}  // namespace mmgym
