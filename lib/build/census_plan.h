#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "census/clusters.h"
#include "census/greedy_choice.h"
#include "database/rows.h"
#include "structure/facts.h"
#include "zones/zone_parameters.h"

namespace mmgym {

/// What decides which structures are looked at, in which order, and what counts as the same.
struct CensusOptions {
  /// Take every zone, whatever better structures have.
  bool keep_all = false;
  /// A folder searched for *_validation.cif.gz; empty for none.
  std::filesystem::path validation;
  std::vector<std::filesystem::path> clusters;
  /// PDB ids of structures to keep out, with all that shares a cluster with them; empty for none.
  std::filesystem::path blacklist;
  /// Structures must be better than this.
  double max_resolution_A = 10;
};

/// What is to be done with an input file.
struct PlannedInput {
  std::filesystem::path path;
  std::uint64_t file_size = 0;  // bytes; 0 where it cannot be told
  /// Of its bytes on disk, and of its validation report's; see checksum(). 0 where there are none.
  std::uint32_t checksum = 0;
  std::uint32_t report_checksum = 0;
  std::string pdb_id;  // empty where it could not be read
  std::string model_id;
  std::int64_t rank = 0;  // from 1; 0 where it could not be read
  QualityRow quality;
  std::vector<EntityRow> entities;
  struct PlannedAssembly {
    std::string pdb_id;
    ChoiceAssembly content;
  };
  /// Those to be searched for zones, in order.
  std::vector<PlannedAssembly> assemblies;
  /// Why there is nothing to do, if so.
  std::optional<RejectedRow> rejected;
};

struct CensusPlan {
  /// By rank; then those that could not be read, in the order of the files.
  std::vector<PlannedInput> inputs;
  /// Things that the user should know, a sentence each: names in lists that match nothing, and the
  /// like.
  std::vector<std::string> remarks;
};

/// Reads the facts of all files, several at a time, ranks and clusters them. Of files with the same
/// PDB id the first is taken. Throws InputError where a list cannot be read. `on_progress` is
/// called with the number of files done.
CensusPlan plan_census(const std::vector<std::filesystem::path>& files,
                       const CensusOptions& options, const ZoneParameters& parameters, int threads,
                       const std::function<void(std::size_t)>& on_progress);

}  // namespace mmgym
