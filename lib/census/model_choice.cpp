#include "census/model_choice.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace mmgym {

std::vector<std::size_t> choose_models(const StructureFacts& facts) {
  std::set<std::string_view> required;
  for (const auto& assembly : facts.assemblies)
    required.insert(assembly.subchains.begin(), assembly.subchains.end());

  using Row = std::tuple<std::string_view, std::string_view, std::string_view>;
  using Key = std::pair<std::set<Row>, bool>;
  // Groups are in the order of their first model.
  std::vector<std::vector<std::size_t>> groups[2];
  std::map<Key, std::size_t> group_of[2];
  for (std::size_t i = 0; i < facts.models.size(); ++i) {
    const ModelFacts& model = facts.models[i];
    Key key{{}, model.is_full_atom};
    std::set<std::string_view> found;
    std::set<std::string_view> all;
    for (const auto& subchain : model.subchains) {
      all.insert(subchain.id);
      if (!required.contains(subchain.id)) continue;
      found.insert(subchain.id);
      key.first.emplace(subchain.id, subchain.chain_id, subchain.entity_id);
    }
    if (found.size() != required.size()) continue;
    const int exact = all.size() == required.size() ? 0 : 1;
    const auto [group, is_new] = group_of[exact].try_emplace(key, groups[exact].size());
    if (is_new) groups[exact].emplace_back();
    groups[exact][group->second].push_back(i);
  }
  const auto& candidates = groups[0].empty() ? groups[1] : groups[0];
  if (candidates.empty()) return {0};
  return *std::max_element(candidates.begin(), candidates.end(),
                           [](const auto& a, const auto& b) { return a.size() < b.size(); });
}

}  // namespace mmgym
