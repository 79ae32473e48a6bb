#pragma once

#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

#include "census/choice_assembly.h"

namespace mmgym {

/// A zone that could be accepted: the copies (place in ChoiceAssembly::subchains, symmetry mate)
/// and pairs of copies that it contains.
struct ChoiceCandidate {
  using Copy = std::pair<std::uint32_t, std::uint32_t>;
  std::vector<Copy> subchains;
  std::vector<std::pair<Copy, Copy>> pairs;
};

/// Returns candidates of zones that have `subchains` and `pairs`. copy_of(subchain) is a Copy.
template <typename Zones, typename CopyOf>
std::vector<ChoiceCandidate> candidates_of(const Zones& zones, CopyOf copy_of) {
  std::vector<ChoiceCandidate> candidates;
  for (const auto& zone : zones) {
    auto& candidate = candidates.emplace_back();
    for (const auto& copy : zone.subchains) candidate.subchains.push_back(copy_of(copy));
    for (const auto& [a, b] : zone.pairs) candidate.pairs.emplace_back(copy_of(a), copy_of(b));
  }
  return candidates;
}

/// Chooses zones so that each cluster of entities is accepted from the zones of one subchain only,
/// and each pair of clusters from the zones of one pair of subchains only. The rule of
/// macromol-census: group the candidates of an assembly by subchain, visit the groups by (most
/// candidates, id, mate), and accept all candidates of a group if its cluster is new. Then repeat
/// with pairs of subchains. Structures and their assemblies must be visited in the order of ranks.
class GreedyChoice {
 public:
  /// Returns false if all clusters and pairs of clusters of the assembly have been accepted, so
  /// that accept() would return nothing. Once false, it remains false.
  bool can_add(const ChoiceAssembly& assembly) const;

  /// Accepts candidates. Returns their indices, ascending.
  std::vector<std::size_t> accept(const ChoiceAssembly& assembly,
                                  const std::vector<ChoiceCandidate>& candidates);

  /// Whether this has accepted a cluster, or a pair of clusters, of an assembly that `other` has
  /// not. `mine` and `others` are the assembly with the clusters of each choice.
  bool has_more_than(const GreedyChoice& other, const ChoiceAssembly& mine,
                     const ChoiceAssembly& others) const;

  /// Starts with everything that `before` has accepted, without changing `before`. `before` must
  /// not change during the lifetime of this object.
  explicit GreedyChoice(const GreedyChoice* before) : before_(before) {}
  GreedyChoice() = default;

  /// Accepts also what `later` has accepted, which started with this object.
  void add(const GreedyChoice& later);

  /// Marks a zone of an earlier run as accepted. Restoring all accepted zones restores the state of
  /// this object, because a cluster is accepted together with all its candidates.
  void restore(const ChoiceAssembly& assembly, const ChoiceCandidate& accepted);

 private:
  bool has(Clusters::Id cluster) const {
    return clusters_.contains(cluster) || (before_ != nullptr && before_->has(cluster));
  }
  bool has_pair(std::uint64_t key) const {
    return pairs_.contains(key) || (before_ != nullptr && before_->has_pair(key));
  }
  static std::uint64_t pair_key(Clusters::Id a, Clusters::Id b) {
    return a < b ? std::uint64_t{a} << 32 | b : std::uint64_t{b} << 32 | a;
  }

  const GreedyChoice* before_ = nullptr;
  std::unordered_set<Clusters::Id> clusters_;
  std::unordered_set<std::uint64_t> pairs_;
};

}  // namespace mmgym
