#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "database/gym_reader.h"
#include "database/split_tables.h"
#include "profile/experiment.h"
#include "sampling/sample_parameters.h"

namespace mmgym {

struct ProfileOptions {
  std::filesystem::path database;
  std::string split{kAllZones};  // see resolve_split
  std::uint64_t batches = 2;
  std::uint64_t batch_size = 16;
  std::uint64_t warm_up = 1;  // batches per thread before the measurement, not counted
  int threads = 1;
  bool record_events = false;
};

/// The settings of an experiment.
struct Experiment {
  std::string name;
  SampleParameters parameters;
  NeighborLookup neighbor_lookup = NeighborLookup::index;
};

/// Makes and encodes batches of samples, with a timer around each stage, and writes nothing.
/// Samples 0, 1, ... are in the order of `mmgym sample`; one thread makes all samples of a batch.
/// The warm-up uses samples after the measured ones, so that the cache does not already contain the
/// atoms of the measured samples. Throws like SampleMaker.
ExperimentResult run_experiment(const ProfileOptions& options, const Experiment& experiment);

}  // namespace mmgym
