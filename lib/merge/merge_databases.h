#pragma once

#include "database/gym_counts.h"
#include "merge/merge_options.h"

namespace mmgym {

/// Merges databases of the same parameters into one: row for row the database that build_database()
/// would have made of all their inputs, in the order of their paths. Only the reasons of rejections
/// can differ. An existing database is replaced when the new one is complete. After an
/// interruption, the same call continues. Memory is a few kB for each input.
///
/// Why this is exact. Structures are ranked by their facts alone, which the parts keep, and have
/// the same order among each other in a part and in the whole. A cluster is accepted in a part only
/// with zones of a structure that could have it in the whole too; so what is accepted before a
/// structure in its part is accepted before it in the whole, and what the part drops, the whole
/// drops. If a cluster is not accepted before a structure in the whole, it is not in the part; then
/// the part has kept the largest group of its candidates, the one that the whole takes, with all
/// its candidates, and other groups of the same cluster at most as they were. The same holds for
/// pairs of clusters, and if the whole has coarser clusters, because one of the largest groups of
/// the clusters that are joined is the largest of all.
///
/// If a structure of which a part has zones is removed, replaced by a newer revision, or excluded,
/// the part may have dropped zones of others for it. Then the choice of the part is replayed
/// (PartChoice). An input is incomplete if the part had accepted a cluster or a pair of clusters
/// before it, which the whole has not, and if no other part has the input complete. Incomplete
/// inputs are marked. A part that is built of them and merged has all their zones, so the result is
/// the database of all inputs again. With `choose`, nothing is incomplete.
///
/// If parts have splits, so has the merged database (carry_splits).
///
/// Throws DatabaseError if a part cannot be used, is given twice, or has other parameters, and the
/// exceptions of GymWriter.
GymCounts merge_databases(const MergeOptions& options);

}  // namespace mmgym
