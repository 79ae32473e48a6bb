#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "database/gym_reader.h"
#include "profile/experiment.h"
#include "sampling/sample_parameters.h"

namespace mmgym {

struct ProfileOptions {
  std::filesystem::path database;
  std::string split;  // empty: all zones
  std::uint64_t batches = 2;
  std::uint64_t batch_size = 16;
  std::uint64_t warm_up = 1;  // batches that each thread makes before, and that are not counted
  int threads = 1;
  bool record_events = false;
};

/// An experiment to make.
struct Experiment {
  std::string name;
  SampleParameters parameters;
  NeighborLookup neighbor_lookup = NeighborLookup::index;
};

/// Makes and encodes batches of samples, with a timer around each stage; nothing is written.
/// Samples 0, 1, ... are taken in the order in which `sample` would write them, a batch by one
/// thread. The samples of the warm-up come after those that are counted, so that what the first of
/// these find in memory is what any run finds, and not just their own atoms. Throws what
/// SampleMaker throws.
ExperimentResult run_experiment(const ProfileOptions& options, const Experiment& experiment);

}  // namespace mmgym
