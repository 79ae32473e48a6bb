#include "census/greedy_choice.h"

#include <algorithm>
#include <map>
#include <set>

namespace mmgym {
namespace {

using Copy = ChoiceCandidate::Copy;

/// Accepts the groups of candidates whose cluster is new.
template <typename Key, typename ClusterOf, typename IsNew>
void accept_groups(const std::map<Key, std::vector<std::size_t>>& groups, ClusterOf cluster_of,
                   IsNew is_new, std::set<std::size_t>& accepted) {
  // A stable sort keeps equally large groups in the order of their keys.
  std::vector<const std::pair<const Key, std::vector<std::size_t>>*> order;
  for (const auto& group : groups) order.push_back(&group);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return a->second.size() > b->second.size();
  });
  for (const auto* group : order)
    if (is_new(cluster_of(group->first)))
      accepted.insert(group->second.begin(), group->second.end());
}

}  // namespace

bool GreedyChoice::can_add(const ChoiceAssembly& assembly) const {
  std::map<Clusters::Id, std::uint64_t> copies;
  for (const auto& subchain : assembly.subchains) {
    if (!has(subchain.cluster)) return true;
    copies[subchain.cluster] += subchain.copies;
  }
  for (auto a = copies.begin(); a != copies.end(); ++a) {
    // A cluster pairs with itself only if there are two copies.
    if (a->second > 1 && !has_pair(pair_key(a->first, a->first))) return true;
    for (auto b = std::next(a); b != copies.end(); ++b)
      if (!has_pair(pair_key(a->first, b->first))) return true;
  }
  return false;
}

bool GreedyChoice::has_more_than(const GreedyChoice& other, const ChoiceAssembly& mine,
                                 const ChoiceAssembly& others) const {
  if (mine.subchains.size() != others.subchains.size()) return true;
  std::map<std::pair<Clusters::Id, Clusters::Id>, std::uint64_t> copies;  // by both clusters
  for (std::size_t i = 0; i < mine.subchains.size(); ++i)
    copies[{mine.subchains[i].cluster, others.subchains[i].cluster}] += mine.subchains[i].copies;
  const auto more_pairs = [&](const auto& a, const auto& b) {
    return has_pair(pair_key(a.first, b.first)) && !other.has_pair(pair_key(a.second, b.second));
  };
  for (auto a = copies.begin(); a != copies.end(); ++a) {
    if (has(a->first.first) && !other.has(a->first.second)) return true;
    if (a->second > 1 && more_pairs(a->first, a->first)) return true;
    for (auto b = std::next(a); b != copies.end(); ++b)
      if (more_pairs(a->first, b->first)) return true;
  }
  return false;
}

std::vector<std::size_t> GreedyChoice::accept(const ChoiceAssembly& assembly,
                                              const std::vector<ChoiceCandidate>& candidates) {
  const auto cluster_of = [&assembly](const Copy& copy) {
    return assembly.subchains[copy.first].cluster;
  };
  // Copies are ordered by subchain id (ChoiceAssembly is sorted by it), then by mate.
  std::map<Copy, std::vector<std::size_t>> by_subchain;
  std::map<std::pair<Copy, Copy>, std::vector<std::size_t>> by_pair;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (const auto& copy : candidates[i].subchains) by_subchain[copy].push_back(i);
    for (const auto& [a, b] : candidates[i].pairs) by_pair[std::minmax(a, b)].push_back(i);
  }
  std::set<std::size_t> accepted;
  accept_groups(
      by_subchain, cluster_of,
      [this](Clusters::Id cluster) { return !has(cluster) && clusters_.insert(cluster).second; },
      accepted);
  accept_groups(
      by_pair,
      [&](const auto& pair) { return pair_key(cluster_of(pair.first), cluster_of(pair.second)); },
      [this](std::uint64_t key) { return !has_pair(key) && pairs_.insert(key).second; }, accepted);
  return {accepted.begin(), accepted.end()};
}

void GreedyChoice::add(const GreedyChoice& later) {
  clusters_.insert(later.clusters_.begin(), later.clusters_.end());
  pairs_.insert(later.pairs_.begin(), later.pairs_.end());
}

void GreedyChoice::restore(const ChoiceAssembly& assembly, const ChoiceCandidate& accepted) {
  const auto cluster = [&assembly](const Copy& copy) {
    return assembly.subchains[copy.first].cluster;
  };
  for (const auto& copy : accepted.subchains) clusters_.insert(cluster(copy));
  for (const auto& [a, b] : accepted.pairs) pairs_.insert(pair_key(cluster(a), cluster(b)));
}

}  // namespace mmgym
