#pragma once

#include <cstddef>
#include <limits>

namespace mmgym {

/// Limits of run_ordered.
struct WorkLimits {
  int threads = 1;
  /// Maximum number of items that are begun and not yet written.
  std::size_t window = 16;
  /// Maximum bytes of the items in progress and the waiting results. The next item to write is
  /// begun even if it needs more.
  std::size_t bytes = std::numeric_limits<std::size_t>::max();
};

// Limits for all work on several threads. They affect speed and memory, never a result.

/// Half of machine_memory(), and at least 1 GiB.
std::size_t memory_budget();

/// Limits to read facts or sequences. Results are small. A large file delays the writing of many
/// small ones.
WorkLimits limits_for_facts(int threads);

/// Limits to search structures for zones. With `keep_all`, the window keeps other threads busy
/// while one searches a ribosome. Otherwise the window is narrow: the further a search is ahead of
/// the choice, the more often its result is not needed.
WorkLimits limits_for_zones(int threads, bool keep_all);

/// Limits to make samples of about `sample_bytes` each. Few samples wait, so that they are written
/// while they are in the processor's caches. Fewer wait if they are large.
WorkLimits limits_for_samples(int threads, std::size_t sample_bytes);

/// Limits to make batches that are only timed: no result waits to be written.
WorkLimits limits_for_timing(int threads);

}  // namespace mmgym
