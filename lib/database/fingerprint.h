#pragma once

#include "database/sqlite.h"

namespace mmgym {

/// Stores metadata 'database_id', by which shards say what they were made from: 32 hexadecimal
/// digits that are the same for databases with the same parameters, inputs, zones, splits and
/// curriculum, and different for all others. Reads the zones, not the atoms. To be called after
/// every change of a database.
void update_database_id(Connection& connection);

}  // namespace mmgym
