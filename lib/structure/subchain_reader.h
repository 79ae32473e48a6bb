#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "structure/entities.h"
#include "structure/subchain.h"

// A helper of the readers in this folder; not for others, because it names gemmi's types.

namespace mmgym {

/// Lists and numbers the subchains of a model, row by row of _atom_site. All readers of atoms
/// number subchains with this class, and call add() for every row of the model, so that they agree
/// on numbers, entities and water.
class SubchainReader {
 public:
  /// `entities` must outlive the reader.
  explicit SubchainReader(const EntityFinder& entities) : entities_(&entities) {}

  /// Takes a row: label_asym_id, auth_asym_id, label_entity_id and label_comp_id, empty where the
  /// file has none. Returns the number of its subchain.
  std::uint32_t add(std::string_view subchain, std::string_view chain, std::string_view entity,
                    std::string_view comp_id) {
    const std::string_view id = subchain.empty() ? chain : subchain;
    // Most rows are of the same subchain as the row before.
    if (subchains_.empty() || id != last_id_ || entity != last_entity_)
      find_subchain(id, chain, entity);
    is_water_ = entity_is_water_ || is_water_code(comp_id);
    if (!is_water_ && subchains_[number_].is_water) describe_subchain(chain);
    return number_;
  }

  /// Whether the last row was of water.
  bool is_water() const { return is_water_; }

  std::vector<Subchain> take_subchains() { return std::move(subchains_); }

 private:
  void find_subchain(std::string_view id, std::string_view chain, std::string_view entity);
  /// The first row that is not water says what a subchain is.
  void describe_subchain(std::string_view chain);

  const EntityFinder* entities_;
  std::vector<Subchain> subchains_;
  std::unordered_map<std::string, std::uint32_t> number_of_id_;
  std::string last_id_;
  std::string last_entity_;
  std::uint32_t number_ = 0;
  std::string entity_id_;
  const Entity* entity_ = nullptr;
  bool entity_is_water_ = false;
  bool is_water_ = false;
};

}  // namespace mmgym
