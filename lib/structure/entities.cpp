#include "structure/entities.h"

#include <algorithm>

#include "base/text.h"
#include "structure/cif_block.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

/// Reads residues and bonds of branched entities, as text that does not depend on the order of
/// rows.
void read_links(cif::Block& block, std::vector<Entity>& entities) {
  std::unordered_map<std::string, std::vector<std::string>> links;
  for (const auto row :
       block.find("_pdbx_entity_branch_link.",
                  {"entity_id", "entity_branch_list_num_1", "comp_id_1", "atom_id_1",
                   "entity_branch_list_num_2", "comp_id_2", "atom_id_2", "?value_order"})) {
    std::string link;
    for (int i = 1; i < 7; ++i) link += row.str(i) + " ";
    links[row.str(0)].push_back(link + (row.has2(7) ? row.str(7) : "?"));
  }
  for (auto& entity : entities) {
    const auto found = links.find(entity.id);
    if (found == links.end()) continue;
    std::sort(found->second.begin(), found->second.end());
    for (const auto& link : found->second) entity.links += link + "\n";
  }
}

}  // namespace

std::vector<Entity> read_entities(cif::Block& block, const InputLimits& limits) {
  std::vector<Entity> entities;
  std::unordered_map<std::string, std::size_t> index;
  const auto entity = [&](const std::string& id) -> Entity& {
    const auto [found, is_new] = index.try_emplace(id, entities.size());
    if (is_new) {
      entities.emplace_back().id = id;
      check_limit(entities.size(), limits, &InputLimits::max_entities, "entities");
    }
    return entities[found->second];
  };
  for (const auto row : block.find("_entity.", {"id", "?type"})) {
    Entity& described = entity(row.str(0));
    if (row.has2(1)) described.type = lower_case(row.str(1));
  }
  for (const auto row : block.find(
           "_entity_poly.",
           {"entity_id", "?type", "?pdbx_seq_one_letter_code_can", "?pdbx_seq_one_letter_code"})) {
    Entity& polymer = entity(row.str(0));
    if (row.has2(1)) polymer.polymer_type = row.str(1);
    polymer.sequence = without_white_space(row.has2(2)   ? row.str(2)
                                           : row.has2(3) ? row.str(3)
                                                         : "");
  }
  for (const auto row : block.find("_pdbx_entity_nonpoly.", {"entity_id", "comp_id"}))
    entity(row.str(0)).comp_id = row.str(1);
  read_links(block, entities);
  return entities;
}

EntityFinder::EntityFinder(cif::Block& block, const std::vector<Entity>& entities)
    : entities_(entities) {
  for (std::size_t i = 0; i < entities.size(); ++i) index_.try_emplace(entities[i].id, i);
  for (const auto row : block.find("_struct_asym.", {"id", "entity_id"}))
    entity_of_subchain_[row.str(0)] = row.str(1);
}

std::string EntityFinder::entity_id(const std::string& subchain, std::string_view entity) const {
  if (!entity.empty()) return std::string(entity);
  const auto found = entity_of_subchain_.find(subchain);
  return found == entity_of_subchain_.end() ? std::string() : found->second;
}

const Entity* EntityFinder::find(const std::string& entity_id) const {
  const auto found = index_.find(entity_id);
  return found == index_.end() ? nullptr : &entities_[found->second];
}

}  // namespace mmgym
