#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/stage_timer.h"

namespace mmgym {

/// The counts and times of one profile run.
struct ExperimentResult {
  std::string name;             // "16A without index"
  std::string neighbor_lookup;  // SQLite's plan of the neighbor look-up; empty without neighbors
  std::uint64_t batches = 0;
  std::uint64_t samples = 0;
  std::uint64_t images = 0;
  std::uint64_t atoms = 0;             // total of atoms drawn
  std::uint64_t voxels_per_image = 0;  // per channel
  int channels = 0;
  int threads = 1;
  double wall_s = 0;                 // from the start of the first batch to the end of the last
  double busy_s = 0;                 // time in batches, summed over threads
  StageTimes times;                  // of all threads
  std::vector<ThreadEvents> events;  // empty without ProfileOptions::record_events

  /// Return the seconds in a stage without the stages inside it, and the sum over all stages.
  double stage_s(Stage stage) const;
  double all_stages_s() const;
  /// Returns the part of busy_s outside of stages.
  double not_covered_s() const { return busy_s - all_stages_s(); }
};

inline double seconds(StageTimes::Clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

/// Measures and returns the cost of one StageTimer in seconds.
double timer_cost_s();

}  // namespace mmgym
