#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <vector>

#include "database/gym_counts.h"
#include "database/rows.h"
#include "zones/zone_parameters.h"

namespace mmgym {

struct BuildOptions {
  std::vector<std::filesystem::path> files;
  std::filesystem::path database;
  ZoneParameters parameters;
  int threads = 1;
  /// Makes any rejection, an entry without zones included, an error.
  bool strict = false;
  /// Called for every rejection, in the order of the files.
  std::function<void(const RejectedRow&)> on_rejected = [](const RejectedRow&) {};
  /// Called after each file with the number of files done.
  std::function<void(std::size_t)> on_progress = [](std::size_t) {};
};

/// Builds a gym database from mmCIF files: each is read, expanded to its first assembly and
/// searched for zones, several at a time; results are written one by one in the order of the files,
/// so that the content does not depend on the number of threads. Of files with the same PDB id the
/// first is taken. An existing database is replaced when the new one is whole. Killed at
/// any moment, the same call goes on where it stopped (gym_writer.h). Throws std::runtime_error,
/// and leaves no database, if no structure has zones.
GymCounts build_database(const BuildOptions& options);

}  // namespace mmgym
