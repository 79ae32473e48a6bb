#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "base/share.h"
#include "base/stage_timer.h"
#include "database/gym_counts.h"
#include "database/rows.h"
#include "plan/census_plan.h"
#include "zones/zone_parameters.h"

namespace mmgym {

struct BuildOptions {
  std::vector<InputSource> files;
  /// If set, `files` are those of this part; there can be none.
  std::optional<Share> part;
  std::filesystem::path database;
  ZoneParameters parameters;
  CensusOptions census;
  /// CATH-Plus folder for labels; empty for none.
  std::filesystem::path cath;
  int cath_min_domains = 1;
  int threads = 1;
  /// The time of each stage is added; nullptr measures none.
  ThreadTimes* times = nullptr;
  /// Fail if any input is rejected, including entries without zones.
  bool strict = false;
  /// Called for every rejection: by rank, then for unreadable files.
  std::function<void(const RejectedRow&)> on_rejected = [](const RejectedRow&) {};
  /// Called with warnings for the user, such as list entries that are not in the inputs.
  std::function<void(const std::string&)> on_remark = [](const std::string&) {};
  /// Called with the number of files whose facts have been read.
  std::function<void(std::size_t)> on_facts_read = [](std::size_t) {};
  /// Called with the number of files that are finished.
  std::function<void(std::size_t)> on_settled = [](std::size_t) {};
};

/// Counts of rows and of structures whose atoms were read.
struct BuildResult : GymCounts {
  std::size_t expanded = 0;           // needed for the result
  std::size_t expanded_unneeded = 0;  // expanded ahead of their turn, then not needed
  double write_s = 0;                 // in which a thread chose and wrote; one at a time does
};

/// Builds a gym database from mmCIF files. First reads the facts of all files, to rank and cluster
/// the structures. Then, in the order of ranks, expands each structure that can add a cluster or a
/// pair of clusters to its assemblies and searches them for zones. Keeps the zones with clusters or
/// pairs that no better structure has, or all zones with `keep_all`. Several structures are
/// processed in parallel but written in the order of ranks, so the content does not depend on the
/// number of threads. Of files with the same entry, the newest revision is used (Planner). An
/// existing database is replaced when the new one is complete. After an interruption, the same call
/// continues the build (gym_writer.h). Throws the exceptions of GymWriter, before reading any input
/// if possible. Throws InputError and writes no database if no file can be read, if an input is
/// rejected with `strict`, or if a file is changed during the build. Throws Stopped after a signal.
BuildResult build_database(const BuildOptions& options);

}  // namespace mmgym
