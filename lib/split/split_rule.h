#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "census/splits.h"

namespace mmgym {

/// How structures are assigned to splits.
struct SplitRule {
  std::vector<SplitTarget> targets;
  /// Keep structures together if their polymers share a cluster.
  bool by_entity_clusters = false;
  /// Assign to the split with the most room, instead of drawing one.
  bool greedy = false;
  std::uint64_t seed = 0;
  /// Structures are also kept together by a file of clusters.
  bool by_file = false;
};

/// Returns how the rule draws a split, from a stream with its seed.
Draw draw_of(const SplitRule& rule);

/// The text of metadata split_options: a JSON object with the members of the rule; targets is a
/// list of [name, weight].
std::string text_of(const SplitRule& rule);

/// Reads such a text. Throws DatabaseError for any other.
SplitRule read_split_rule(const std::string& text);

}  // namespace mmgym
