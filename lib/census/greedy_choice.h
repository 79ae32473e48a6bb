#pragma once

#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

#include "census/choice_assembly.h"

namespace mmgym {

/// A zone that could be accepted: which copies (place in ChoiceAssembly::subchains, symmetry mate)
/// and pairs of copies it holds.
struct ChoiceCandidate {
  using Copy = std::pair<std::uint32_t, std::uint32_t>;
  std::vector<Copy> subchains;
  std::vector<std::pair<Copy, Copy>> pairs;
};

/// Chooses zones such that no cluster of entities, and no pair of clusters, is in zones of more
/// than one subchain, or pair of subchains. The rule is macromol-census': of the candidates of an
/// assembly, group by subchain, and visit the groups by (most candidates, id, mate); accept all of
/// a group whose cluster has not been accepted before. Then do the same with pairs of subchains.
/// Structures and their assemblies are to be visited in the order of their ranks.
class GreedyChoice {
 public:
  /// False if every cluster and every pair of clusters that the assembly could add has been
  /// accepted: accept() would return nothing, whatever the candidates. Only more becomes accepted,
  /// so once false it stays so.
  bool can_add(const ChoiceAssembly& assembly) const;

  /// The candidates that are accepted, as indices, ascending.
  std::vector<std::size_t> accept(const ChoiceAssembly& assembly,
                                  const std::vector<ChoiceCandidate>& candidates);

  /// A choice that begins with what another one has accepted and leaves that as it is. The other
  /// must not change in the meantime.
  explicit GreedyChoice(const GreedyChoice* before) : before_(before) {}
  GreedyChoice() = default;

  /// Takes an accepted zone of an earlier run for accepted. All that accept() did to this object is
  /// known from the zones it accepted, for a cluster is accepted together with all its candidates.
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
