#pragma once

#include <cstdint>
#include <vector>

#include "database/sqlite.h"

namespace mmgym {

/// How difficult a sample of a zone was: the fraction of failures of some model, say.
struct CurriculumRow {
  std::int64_t zone_id;
  std::int64_t random_seed;
  double difficulty;
};

struct CurriculumCounts {
  std::size_t added = 0;
  std::size_t replaced = 0;  // rows of the same zone and seed
  std::vector<std::int64_t> unknown_zones;
};

/// Adds rows, and updates the database's id, as a whole or not at all. Rows of zones that there are
/// none of are passed over.
CurriculumCounts add_curriculum(Connection& connection, const std::vector<CurriculumRow>& rows);

}  // namespace mmgym
