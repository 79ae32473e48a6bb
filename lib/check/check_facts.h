#pragma once

#include "check/findings.h"
#include "database/gym_reader.h"

namespace mmgym {

/// Checks the parameters of the build, and that the database's id is that of its rows.
void check_metadata(GymReader& reader, Findings& findings);

/// Checks that ranks follow the order of the structures' figures.
void check_ranks(GymReader& reader, Findings& findings);

/// Checks what is kept of every input for merge_databases().
void check_inputs(GymReader& reader, Findings& findings);

/// Checks that every zone has neighbors, if the build required them.
void check_neighbors(GymReader& reader, Findings& findings);

}  // namespace mmgym
