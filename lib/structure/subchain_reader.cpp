#include "structure/subchain_reader.h"

namespace mmgym {

void SubchainReader::find_subchain(std::string_view id, std::string_view chain,
                                   std::string_view entity) {
  last_id_ = id;
  last_entity_ = entity;
  entity_id_ = entities_->entity_id(last_id_, entity);
  entity_ = entities_->find(entity_id_);
  entity_is_water_ = entity_ != nullptr && entity_->is_water();
  const auto [found, is_new] =
      number_of_id_.try_emplace(last_id_, static_cast<std::uint32_t>(subchains_.size()));
  number_ = found->second;
  if (!is_new) return;
  subchains_.push_back({last_id_, std::string(chain), entity_id_});
  check_limit(subchains_.size(), *limits_, &InputLimits::max_subchains, "subchains", "a model");
}

void SubchainReader::describe_subchain(std::string_view chain) {
  Subchain& subchain = subchains_[number_];
  subchain.is_water = false;
  subchain.chain_id = chain;
  subchain.entity_id = entity_id_;
  if (entity_ == nullptr) return;
  subchain.is_polymer = entity_->is_polymer();
  subchain.polymer_type = entity_->polymer_type;
}

}  // namespace mmgym
