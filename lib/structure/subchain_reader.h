#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "structure/entities.h"
#include "structure/subchain.h"

// For the readers in this folder only: it uses gemmi's types.

namespace mmgym {

/// Lists and numbers the subchains of a model from the rows of _atom_site. All readers of atoms use
/// this class and call add() for every row of the model, so that they agree on numbers, entities
/// and water.
class SubchainReader {
 public:
  /// `entities` and `limits` must outlive the reader.
  SubchainReader(const EntityFinder& entities, const InputLimits& limits)
      : entities_(&entities), limits_(&limits) {}

  /// Adds a row: label_asym_id, auth_asym_id, label_entity_id and label_comp_id, empty if missing.
  /// Returns the number of its subchain. Throws InputError if there are too many.
  std::uint32_t add(std::string_view subchain, std::string_view chain, std::string_view entity,
                    std::string_view comp_id) {
    const std::string_view id = subchain.empty() ? chain : subchain;
    // Most rows have the same subchain as the previous row.
    if (subchains_.empty() || id != last_id_ || entity != last_entity_)
      find_subchain(id, chain, entity);
    is_water_ = entity_is_water_ || is_water_code(comp_id);
    if (!is_water_ && subchains_[number_].is_water) describe_subchain(chain);
    return number_;
  }

  /// Whether the last row was water.
  bool is_water() const { return is_water_; }

  std::vector<Subchain> take_subchains() { return std::move(subchains_); }

 private:
  void find_subchain(std::string_view id, std::string_view chain, std::string_view entity);
  /// Sets the fields of a subchain from its first row that is not water.
  void describe_subchain(std::string_view chain);

  const EntityFinder* entities_;
  const InputLimits* limits_;
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
