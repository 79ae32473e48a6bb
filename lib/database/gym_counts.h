#pragma once

#include <cstdint>

#include "database/sqlite.h"

namespace mmgym {

/// Numbers of rows in the main tables, and of atoms that structures list without coordinates.
struct GymCounts {
  std::int64_t structures = 0;
  std::int64_t assemblies = 0;
  std::int64_t zones = 0;
  std::int64_t zone_neighbors = 0;
  std::int64_t rejected = 0;
  std::int64_t unmodelled_atoms = 0;
};

GymCounts count_rows(Connection& connection);

}  // namespace mmgym
