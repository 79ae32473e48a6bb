#pragma once

#include <vector>

#include "database/rows.h"
#include "database/sqlite.h"

namespace mmgym {

/// The subchains and pairs of subchains in the zones of each structure, each once.
std::vector<WrittenSubchains> written_subchains(Connection& connection);

}  // namespace mmgym
