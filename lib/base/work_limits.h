#pragma once

#include <cstddef>
#include <limits>

namespace mmgym {

/// How much run_ordered may take on at once.
struct WorkLimits {
  int threads = 1;
  /// Items that have been begun and are not yet written, at most.
  std::size_t window = 16;
  /// Bytes that the items in progress and the results that wait may take up, at most. The item that
  /// the writing waits for is begun even if it needs more.
  std::size_t bytes = std::numeric_limits<std::size_t>::max();
};

// The limits of everything that runs on several threads. They change speed and memory, never a
// result.

/// Half of machine_memory(), and at least 1 GiB.
std::size_t memory_budget();

/// To read facts or sequences. Results are small, and a large file holds up the writing for as long
/// as many small ones take.
WorkLimits limits_for_facts(int threads);

/// To search structures for zones. With `keep_all` the window keeps the other threads busy while
/// one has a ribosome. Without it the window is narrow, because the search of a structure may turn
/// out not to be needed, and more often so the further it is ahead of the choice.
WorkLimits limits_for_zones(int threads, bool keep_all);

/// To make samples of about so many bytes each. Few wait, so that they are written while they are
/// in the caches of the processor, and fewer where samples are large.
WorkLimits limits_for_samples(int threads, std::size_t sample_bytes);

/// To make batches of which only the time counts: nothing waits for anything.
WorkLimits limits_for_timing(int threads);

}  // namespace mmgym
