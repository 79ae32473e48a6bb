#pragma once

#include "database/split_tables.h"
#include "merge/merge_options.h"
#include "merge/merge_parameters.h"

namespace mmgym {

/// Gives the structures of a merged database the splits that they have in the parts, and new
/// structures the splits of their clusters (extended_splits). If parts disagree, the first one with
/// a split decides. Remarks on what it did. Does nothing if no part has splits. Throws
/// DatabaseError for damaged rows.
void carry_splits(const Parts& parts, const MergeOptions& options, Connection& merged);

}  // namespace mmgym
