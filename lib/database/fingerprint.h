#pragma once

#include <string>

#include "database/sqlite.h"

namespace mmgym {

/// The id that the rows of a database should have, as JSON text.
std::string expected_database_id(Connection& connection);

/// Stores metadata 'database_id', which shards record as their source: 32 hexadecimal digits.
/// Databases have the same id if and only if they have the same parameters, inputs, zones, splits
/// and curriculum. Reads the zones, not the atoms. Call it after every change of a database.
void update_database_id(Connection& connection);

}  // namespace mmgym
