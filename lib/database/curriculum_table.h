#pragma once

#include <cstdint>
#include <vector>

#include "database/sqlite.h"

namespace mmgym {

/// The difficulty of a sample of a zone, such as the fraction of wrong answers of a model.
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

/// Adds rows and updates the database's id in one transaction. Skips rows of unknown zones.
CurriculumCounts add_curriculum(Connection& connection, const std::vector<CurriculumRow>& rows);

}  // namespace mmgym
