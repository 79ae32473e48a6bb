#pragma once

#include <memory>
#include <string>
#include <vector>

#include "database/metadata.h"
#include "merge/merge_options.h"
#include "merge/part.h"
#include "plan/census_plan.h"

namespace mmgym {

using Parts = std::vector<std::unique_ptr<Part>>;

/// Throws DatabaseError unless all parts have the same parameters, and each is given once.
void require_same_parameters(const Parts& parts);

/// Returns what `parts` of the merged database is: the parts k/n that were merged, without those
/// of which all are there. Remarks on those that are missing. Throws DatabaseError if one is given
/// twice.
std::string merged_parts(const Parts& parts, const MergeOptions& options);

/// Returns the metadata of the merged database, and sets the options of its census. Throws
/// DatabaseError if the part was built with lists or limits that do not allow these options.
Metadata merged_metadata(const Part& part, const MergeOptions& options, CensusOptions& census);

/// The options of the census with which a part was built. Its lists, if any, are those of
/// `options`.
CensusOptions census_of(const Part& part, const MergeOptions& options);

}  // namespace mmgym
