#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <vector>

#include "build/census_plan.h"
#include "database/gym_counts.h"
#include "database/rows.h"
#include "zones/zone_parameters.h"

namespace mmgym {

struct BuildOptions {
  std::vector<std::filesystem::path> files;
  std::filesystem::path database;
  ZoneParameters parameters;
  CensusOptions census;
  /// A folder of CATH-Plus, for labels; empty for none.
  std::filesystem::path cath;
  int cath_min_domains = 1;
  int threads = 1;
  /// Makes any rejection, an entry without zones included, an error.
  bool strict = false;
  /// Called for every rejection, in the order of the files.
  std::function<void(const RejectedRow&)> on_rejected = [](const RejectedRow&) {};
  /// Called with sentences that the user should read: names in lists that match nothing.
  std::function<void(const std::string&)> on_remark = [](const std::string&) {};
  /// Called with the number of files whose facts have been read, and then of those that are
  /// settled.
  std::function<void(std::size_t)> on_facts_read = [](std::size_t) {};
  std::function<void(std::size_t)> on_settled = [](std::size_t) {};
};

/// Counts rows, and structures whose atoms were looked at: those that had to be, and those that
/// were ahead of their turn and turned out not to be needed.
struct BuildResult : GymCounts {
  std::size_t expanded = 0;
  std::size_t expanded_in_vain = 0;
};

/// Builds a gym database from mmCIF files. First the facts of all are read, by which they are
/// ranked and clustered. Then, from the best on, each that can add something is expanded to its
/// assemblies and searched for zones, several at a time, and of these zones those are kept that
/// have what no better structure has (or all, if so asked). Results are written one by one in the
/// order of ranks, so that the content does not depend on the number of threads. Of files with the
/// same PDB id the first is taken. An existing database is replaced when the new one is whole.
/// Killed at any moment, the same call goes on where it stopped (gym_writer.h). Throws what
/// GymWriter throws, before any input is read where possible, and InputError, which leaves no
/// database, if no file can be read.
BuildResult build_database(const BuildOptions& options);

}  // namespace mmgym
