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

/// Makes samples from a database, as `sample` would: `count` of them from index `first` on, of a
/// split (empty: all zones). Throws UsageError where they would take too much memory.
ShownSamples samples_of_database(const std::filesystem::path& database, const std::string& split,
                                 const SampleParameters& parameters, std::uint64_t first,
                                 std::uint64_t count);

/// Takes samples from a finished folder of shards: `count` of them from the first that is not below
/// `first`, in the order of their indices; as many as there are. Those that were normalized
/// are shown as they were before. Throws ShardError if there are none.
ShownSamples samples_of_shards(const std::filesystem::path& folder, std::uint64_t first,
                               std::uint64_t count);

}  // namespace mmgym
