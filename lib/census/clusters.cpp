#include "census/clusters.h"

#include <algorithm>

#include "base/text.h"
#include "inputs/text_lines.h"

namespace mmgym {
namespace {

/// Converts "4HHB_1" to entity_name(). Computed models have names like AF_AFP12345F1_1.
std::string parse_entity(std::string_view word) {
  const std::size_t underscore = word.rfind('_');
  if (underscore == std::string_view::npos || underscore == 0 || underscore + 1 == word.size())
    throw BadLine{
        "a cluster and an entity PDBID_ENTITY separated by a tab, or all entities of a cluster "
        "separated by spaces"};
  return entity_name(word.substr(0, underscore), word.substr(underscore + 1));
}

}  // namespace

std::string entity_name(std::string_view pdb_id, std::string_view entity_id) {
  return lower_case(pdb_id) + "_" + std::string(entity_id);
}

void Clusters::add_content(const std::string& entity, const std::string& content) {
  // Entity names never begin with a space.
  join(node(entity, true), node(" " + content, false));
}

void Clusters::join(const std::string& entity_1, const std::string& entity_2) {
  join(node(entity_1, true), node(entity_2, true));
}

Clusters::Id Clusters::cluster_of(const std::string& entity) const {
  return root(nodes_.at(entity));
}

std::unordered_map<std::string, std::vector<Clusters::Id>> Clusters::clusters_of(
    const std::unordered_set<std::string>& pdb_ids) const {
  std::unordered_map<std::string, std::vector<Id>> result;
  for (const auto& [name, id] : nodes_) {
    if (name.front() == ' ') continue;
    const std::string pdb_id = name.substr(0, name.rfind('_'));
    if (pdb_ids.contains(pdb_id)) result[pdb_id].push_back(root(id));
  }
  return result;
}

Clusters::Id Clusters::node(const std::string& name, bool is_entity) {
  const auto [found, is_new] = nodes_.try_emplace(name, static_cast<Id>(parent_.size()));
  if (is_new) {
    parent_.push_back(found->second);
    size_.push_back(1);
    first_.push_back(is_entity ? name : std::string());
  }
  return found->second;
}

Clusters::Id Clusters::root(Id id) const {
  while (parent_[id] != id) id = parent_[id] = parent_[parent_[id]];
  return id;
}

void Clusters::join(Id a, Id b) {
  a = root(a);
  b = root(b);
  if (a == b) return;
  if (size_[a] < size_[b]) std::swap(a, b);
  parent_[b] = a;
  size_[a] += size_[b];
  if (first_[a].empty() || (!first_[b].empty() && first_[b] < first_[a])) first_[a] = first_[b];
}

EntityGroups read_cluster_file(const std::filesystem::path& path) {
  EntityGroups groups;
  std::unordered_map<std::string, std::size_t> group_of;  // by the name in the first column
  for_each_line(path, [&](std::string_view line) {
    if (line.find('\t') != std::string_view::npos) {
      const auto columns = split_at(line, '\t');
      if (columns.size() != 2 || columns[0].empty() || words_of(columns[1]).size() != 1)
        throw BadLine{"two columns, a cluster and an entity, separated by a tab"};
      const auto [found, is_new] = group_of.try_emplace(std::string(columns[0]), groups.size());
      if (is_new) groups.emplace_back();
      groups[found->second].push_back(parse_entity(columns[1]));
    } else {
      auto& group = groups.emplace_back();
      for (const auto word : words_of(line)) group.push_back(parse_entity(word));
    }
  });

  return groups;
}

GroupCounts join_groups(const EntityGroups& groups, Clusters& clusters) {
  GroupCounts counts;
  constexpr std::size_t kMostExamples = 5;
  for (const auto& group : groups)
    for (const auto& entity : group) {
      ++counts.entities;
      if (clusters.knows(entity)) continue;
      ++counts.unknown;
      if (counts.unknown_examples.size() < kMostExamples) counts.unknown_examples.push_back(entity);
    }
  for (const auto& group : groups)
    for (const auto& entity : group) clusters.join(group.front(), entity);
  return counts;
}

}  // namespace mmgym
