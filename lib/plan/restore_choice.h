#pragma once

#include <vector>

#include "census/greedy_choice.h"
#include "database/rows.h"
#include "plan/census_plan.h"

namespace mmgym {

/// Marks what a zone contained as accepted. `row` is of this input.
void restore_choice(const PlannedInput& input, const WrittenSubchains& row, GreedyChoice& choice);

/// Restores the choice of an interrupted run from the subchains in the zones that it has written.
void restore_choice(const std::vector<PlannedInput>& inputs,
                    const std::vector<WrittenSubchains>& written, GreedyChoice& choice);

}  // namespace mmgym
