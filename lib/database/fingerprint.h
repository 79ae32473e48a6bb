#pragma once

#include <string>

#include "database/sqlite.h"

namespace mmgym {

/// 32 hexadecimal digits that are the same for databases with the same parameters, zones,
/// splits and curriculum, and different for all others. Reads the zones, not the atoms.
std::string fingerprint(Connection& connection);

/// Stores the fingerprint as metadata 'database_id', by which shards tell what they were made from.
/// To be called after every change of a database.
void update_database_id(Connection& connection);

}  // namespace mmgym
