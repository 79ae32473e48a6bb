#pragma once

#include <cstdint>

#include "database/sqlite.h"

namespace mmgym {

/// Numbers of rows in the main tables, and sums over structures.
struct GymCounts {
  std::int64_t structures = 0;
  std::int64_t assemblies = 0;
  std::int64_t zones = 0;
  std::int64_t zone_neighbors = 0;
  std::int64_t rejected = 0;
  std::int64_t computed_models = 0;   // structures
  std::int64_t unmodelled_atoms = 0;  // atoms that are listed without coordinates
  std::int64_t unsure_residues = 0;   // left out because of their pLDDT
  std::int64_t incomplete = 0;        // inputs of which zones may be missing (schema.sql)
};

GymCounts count_rows(Connection& connection);

}  // namespace mmgym
