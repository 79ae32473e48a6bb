#pragma once

#include <string>
#include <utility>
#include <vector>

#include "database/sqlite.h"

namespace mmgym {

/// The polymers of the structures in a database: PDB id, MD5 of the content. Polymers of unknown
/// content are left out. Throws DatabaseError for damaged rows.
std::vector<std::pair<std::string, std::string>> polymer_contents(Connection& connection);

}  // namespace mmgym
