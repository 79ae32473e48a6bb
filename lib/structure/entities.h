#pragma once

#include <gemmi/cif.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "structure/entity.h"

// A helper of the readers in this folder; not for others, because it names gemmi's types.

namespace mmgym {

/// The entities of _entity, _entity_poly and _pdbx_entity_nonpoly, in the order of the file.
std::vector<Entity> read_entities(gemmi::cif::Block& block);

/// Finds entities of subchains. The list of entities must outlive it.
class EntityFinder {
 public:
  EntityFinder(gemmi::cif::Block& block, const std::vector<Entity>& entities);

  /// The id of the entity of a row of _atom_site: `entity` (label_entity_id), or what _struct_asym
  /// has for the subchain if that is empty.
  std::string entity_id(const std::string& subchain, std::string_view entity) const;
  /// Null if the file does not describe the entity.
  const Entity* find(const std::string& entity_id) const;

 private:
  const std::vector<Entity>& entities_;
  std::unordered_map<std::string, std::size_t> index_;
  std::unordered_map<std::string, std::string> entity_of_subchain_;  // _struct_asym
};

}  // namespace mmgym
