#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "census/splits.h"
#include "database/split_tables.h"
#include "split/split_rule.h"

namespace mmgym {

/// Splits with structures that had none.
struct ExtendedSplits {
  SplitRows rows;
  std::size_t kept = 0;    // structures that had a split
  std::size_t joined = 0;  // structures that got the split of their clusters
  std::size_t drawn = 0;   // structures whose clusters are new
  std::size_t left = 0;    // structures that get no split
  /// Structures whose clusters are in several splits: PDB ids. They are among `joined`.
  std::vector<std::string> ties;
};

/// Gives a split to each structure that has none, and changes no other. New structures that share
/// clusters with each other get the same split: that of the structures or former polymers with
/// which they share clusters, else a drawn one. If these are in several splits, they get the one
/// with which they share the most.
///
/// `memberships`: clusters of all structures. `contents`: MD5s of the polymers of structures, to
/// compare with former polymers. Structures of `splits` that are not in `zone_counts` are left out.
/// Throws DatabaseError if a target of the rule is not a split.
ExtendedSplits extend_splits(SplitRows splits, const SplitRule& rule, const ZoneCounts& zone_counts,
                             const std::vector<Membership>& memberships,
                             const std::vector<Membership>& contents);

/// Returns "10 structures keep their split, 2 get the split of their clusters, ...".
std::string describe(const ExtendedSplits& splits);

}  // namespace mmgym
