#pragma once

#include "check/findings.h"
#include "database/gym_reader.h"

namespace mmgym {

/// Lets SQLite check its pages, indexes and constraints.
void check_pages(GymReader& reader, Findings& findings);

/// Checks the type and range of every value but the bytes of tiles.
void check_values(GymReader& reader, Findings& findings);

/// Checks that every row that another row refers to exists.
void check_references(GymReader& reader, Findings& findings);

}  // namespace mmgym
