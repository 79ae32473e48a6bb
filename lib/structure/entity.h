#pragma once

#include <string>
#include <string_view>

namespace mmgym {

/// Whether a residue name (label_comp_id) means water.
inline bool is_water_code(std::string_view comp_id) { return comp_id == "HOH" || comp_id == "DOD"; }

/// A chemical entity. A field is empty if the file lacks it.
struct Entity {
  std::string id;
  std::string type;          // _entity.type, lower case: polymer, non-polymer, branched, water
  std::string polymer_type;  // _entity_poly.type
  std::string sequence;      // polymers: one-letter codes, canonical if the file has them
  std::string comp_id;       // entities with a single residue: its name
  std::string links;         // branched entities: residues and bonds, sorted

  bool is_polymer() const { return type == "polymer"; }
  bool is_water() const { return type == "water" || is_water_code(comp_id); }
};

}  // namespace mmgym
