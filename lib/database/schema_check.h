#pragma once

#include "database/sqlite.h"

namespace mmgym {

/// Throws DatabaseError, which names the object, unless the tables are those of sql/schema.sql.
/// Tables of the user's own are fine, and indexes may be missing. Views, triggers, virtual tables
/// and other indexes are refused: they could run any query in place of reading a table.
void check_schema(Connection& connection);

}  // namespace mmgym
