#pragma once

#include <gemmi/cif.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inputs/input_limits.h"
#include "structure/entity.h"

// For the readers in this folder only: it uses gemmi's types.

namespace mmgym {

/// Reads _entity, _entity_poly and _pdbx_entity_nonpoly. Returns entities in the order of the file.
/// An entity with several rows is one entity. Throws InputError if there are too many.
std::vector<Entity> read_entities(gemmi::cif::Block& block, const InputLimits& limits);

/// Finds entities of subchains. The list of entities must outlive the finder.
class EntityFinder {
 public:
  EntityFinder(gemmi::cif::Block& block, const std::vector<Entity>& entities);

  /// Returns the entity id of a row of _atom_site: `entity` (label_entity_id), or the entity of the
  /// subchain in _struct_asym if `entity` is empty.
  std::string entity_id(const std::string& subchain, std::string_view entity) const;
  /// Returns null if the file does not describe the entity.
  const Entity* find(const std::string& entity_id) const;

 private:
  const std::vector<Entity>& entities_;
  std::unordered_map<std::string, std::size_t> index_;
  std::unordered_map<std::string, std::string> entity_of_subchain_;  // _struct_asym
};

}  // namespace mmgym
