#pragma once

#include <cstdint>
#include <functional>

#include "check/findings.h"
#include "database/gym_reader.h"

namespace mmgym {

/// What was read, and what cannot be read.
struct TileCounts {
  std::int64_t tiles = 0;
  std::int64_t atoms = 0;
  std::int64_t lost_tiles = 0;
  std::int64_t assemblies_with_loss = 0;
  std::int64_t zones_with_loss = 0;  // of these assemblies
};

/// Decodes all atoms of all assemblies, and compares them with the zones that need them. Calls
/// on_progress(tiles done, all tiles).
TileCounts check_tiles(GymReader& reader, Findings& findings,
                       const std::function<void(std::uint64_t, std::uint64_t)>& on_progress);

}  // namespace mmgym
