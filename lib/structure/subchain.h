#pragma once

#include <string>

namespace mmgym {

/// A subchain of a model: the rows of _atom_site with the same label_asym_id, or the same
/// auth_asym_id if the file has no label_asym_id. Subchains are numbered in the order of their
/// first rows. Rows of water and hydrogen count, so that all readers use the same numbers. The
/// other fields come from the first row that is not water.
struct Subchain {
  std::string id;                 // label_asym_id
  std::string chain_id = {};      // auth_asym_id
  std::string entity_id = {};     // label_entity_id, else from _struct_asym
  std::string polymer_type = {};  // _entity_poly.type, can be empty
  bool is_polymer = false;
  /// Every residue is water: its entity is water, or its name is HOH or DOD.
  bool is_water = true;
};

}  // namespace mmgym
