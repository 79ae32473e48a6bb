#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "sampling/sample_parameters.h"

namespace mmgym {

struct ShardOptions {
  std::filesystem::path database;
  std::filesystem::path folder;
  SampleParameters parameters;
  std::string split;  // empty: all zones
  /// Only zones that the curriculum says to be easier than this, on average.
  std::optional<double> max_difficulty = {};
  std::uint64_t first = 0;
  std::uint64_t count = 0;  // 0: as many as there are zones, `epochs` times
  std::uint64_t epochs = 1;
  std::uint64_t seed = 0;
  std::uint64_t samples_per_shard = 256;
  int threads = 1;
  /// Called now and then with the number of samples done and their total.
  std::function<void(std::uint64_t, std::uint64_t)> on_progress = [](auto, auto) {};
};

struct ShardSummary {
  std::uint64_t samples = 0;
  std::uint64_t shards = 0;
  std::uint64_t samples_made = 0;  // the others were there already
};

/// Writes samples [first, first + count) to shards in a folder, several shards at a time. Each
/// sample depends on the database, the parameters and its index alone. Interrupted, the same call
/// goes on where it stopped. Throws DatabaseError, ShardError or WriteError.
ShardSummary write_shards(const ShardOptions& options);

}  // namespace mmgym
