#pragma once

#include <string>

namespace mmgym {

/// A subchain of a model: the rows of _atom_site with one label_asym_id, or with one auth_asym_id
/// where the file has no label_asym_id. The number of a subchain is its place among those of the
/// model, in the order of their first rows. All rows count for this, also those of water and
/// hydrogen, so that a number means the same to all who read the model. The other fields are those
/// of the first row that is not water.
struct Subchain {
  std::string id;                 // label_asym_id
  std::string chain_id = {};      // auth_asym_id
  std::string entity_id = {};     // label_entity_id, else from _struct_asym
  std::string polymer_type = {};  // _entity_poly.type, empty where there is none
  bool is_polymer = false;
  /// Every residue is water: its entity is water, or its name is HOH or DOD.
  bool is_water = true;
};

}  // namespace mmgym
