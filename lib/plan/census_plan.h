#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/stage_timer.h"
#include "census/clusters.h"
#include "census/greedy_choice.h"
#include "database/gym_writer.h"
#include "database/rows.h"
#include "inputs/input_limits.h"
#include "inputs/input_source.h"
#include "structure/facts.h"
#include "zones/zone_parameters.h"

namespace mmgym {

/// Options for reading, excluding, ranking and clustering structures.
struct CensusOptions {
  /// Keep every zone, even if better structures have the same clusters.
  bool keep_all = false;
  /// Folder of validation reports, *_validation.cif.gz; empty for none.
  std::filesystem::path validation;
  std::vector<std::filesystem::path> clusters;
  /// File of PDB ids to exclude, with all structures that share a cluster; empty for none.
  std::filesystem::path blacklist;
  /// Structures must have a better resolution than this.
  double max_resolution_A = 10;
  InputLimits limits;
};

/// An input file and its assemblies to search.
struct PlannedInput {
  std::size_t number = 0;  // place among all inputs, as they were added
  InputSource source = std::filesystem::path();
  InputFile file;        // its size is 0 if it could not be read
  bool is_copy = false;  // of another input, with the same bytes
  std::string pdb_id;    // empty if the file could not be read
  std::string model_id;
  std::int64_t rank = 0;  // from 1; 0 if the file could not be read
  QualityRow quality;
  std::vector<EntityRow> entities;
  struct PlannedAssembly {
    std::string pdb_id;
    ChoiceAssembly content;
  };
  /// Assemblies to search for zones, in order.
  std::vector<PlannedAssembly> assemblies;
  /// Assemblies that cannot be built, and why.
  std::vector<RejectedRow> refused_assemblies;
  /// Why the input is rejected, if it is.
  std::optional<RejectedRow> rejected;
};

struct CensusPlan {
  /// Sorted by rank, then files that could not be read, in the order of their paths.
  std::vector<PlannedInput> inputs;
  /// Warnings for the user, such as list entries that are not in the inputs.
  std::vector<std::string> remarks;
};

/// Returns what is stored of each input. Takes the censuses, which are large, out of the plan.
std::vector<InputFile> take_input_files(CensusPlan& plan);

/// Reads the facts of all files in parallel, ranks and clusters them (Planner). Throws InputError
/// if a list cannot be read, and ArchiveChanged. Calls `on_progress` with the number of files done.
CensusPlan plan_census(const std::vector<InputSource>& files, const CensusOptions& options,
                       const ZoneParameters& parameters, int threads,
                       const std::function<void(std::size_t)>& on_progress,
                       ThreadTimes* times = nullptr);

}  // namespace mmgym
