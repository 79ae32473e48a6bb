#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sampling/stage_timer.h"

namespace mmgym {

/// What a thread did in an experiment.
struct ThreadEvents {
  std::string name;
  std::vector<StageEvent> events;
};

/// The counts and times of one profile run.
struct ExperimentResult {
  std::string name;             // "16A without index"
  std::string neighbor_lookup;  // how SQLite looked neighbors up; empty where they are not needed
  std::uint64_t batches = 0;
  std::uint64_t samples = 0;
  std::uint64_t images = 0;
  std::uint64_t atoms = 0;             // drawn, in all images
  std::uint64_t voxels_per_image = 0;  // without channels
  int channels = 0;
  int threads = 1;
  double wall_s = 0;                 // from the start of the first batch to the end of the last
  double busy_s = 0;                 // the same of every thread's own batches, summed over threads
  StageTimes times;                  // of all threads
  std::vector<ThreadEvents> events;  // if asked for

  /// Seconds in a stage without the stages inside it, and the sum over all stages.
  double stage_s(Stage stage) const;
  double all_stages_s() const;
  /// The part of busy_s that no stage accounts for.
  double not_covered_s() const { return busy_s - all_stages_s(); }
};

/// The cost of one StageTimer in seconds, measured by this call.
double timer_cost_s();

}  // namespace mmgym
