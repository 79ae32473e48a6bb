#pragma once

#include "database/sqlite.h"

namespace mmgym {

/// Stores metadata 'database_id', which shards record as their source: 32 hexadecimal digits.
/// Databases have the same id if and only if they have the same parameters, inputs, zones, splits
/// and curriculum. Reads the zones, not the atoms. Call it after every change of a database.
void update_database_id(Connection& connection);

}  // namespace mmgym
