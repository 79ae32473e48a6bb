#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "merge/merge_options.h"
#include "merge/merge_parameters.h"
#include "merge/part.h"
#include "plan/census_plan.h"

namespace mmgym {

/// Where an input is.
struct Origin {
  Part* part;
  std::int64_t id;  // in the part
  std::string path;
  bool incomplete;  // zones may be missing in the part
};

/// The inputs of a merged database.
struct MergePlan {
  CensusPlan census;
  /// The same input in all parts that have it, by PlannedInput::number.
  std::vector<std::vector<Origin>> origins;
  /// Parts that have zones of structures that are removed, replaced or excluded now. They may have
  /// dropped zones of others for them.
  std::unordered_set<const Part*> changed;
};

/// Plans the merged database. Leaves out the entries that are to be removed. Of a file that has
/// changed between parts (the same path and id), the newest revision is an input; of equal
/// revisions, that of the last part. Throws InputError if a list cannot be read, and DatabaseError
/// for damaged rows. The plan refers to `census`.
MergePlan plan_merge(const Parts& parts, const MergeOptions& options, const CensusOptions& census);

}  // namespace mmgym
