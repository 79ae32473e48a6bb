#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "picture/sample_picture.h"
#include "sampling/sample_parameters.h"

namespace mmgym {

struct ShownSamples {
  ShownKind kind;
  std::vector<ShownSample> samples;
};

/// Makes `count` samples of a split (see resolve_split), starting at index `first`, like `mmgym
/// sample`. Throws UsageError if they need too much memory.
ShownSamples samples_of_database(const std::filesystem::path& database, const std::string& split,
                                 const SampleParameters& parameters, std::uint64_t first,
                                 std::uint64_t count);

/// Reads up to `count` samples with indices of at least `first` from a finished folder of shards,
/// in the order of their indices. Undoes normalization. Throws ShardError if there are none.
ShownSamples samples_of_shards(const std::filesystem::path& folder, std::uint64_t first,
                               std::uint64_t count);

}  // namespace mmgym
