#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "encoding/sample_format.h"
#include "sampling/sample_parameters.h"
#include "shards/json_field.h"

namespace mmgym {

/// The parameters in index.json that readers of samples need, all of them checked.
struct StoredKind {
  /// Only the task, the size, the channels, the values of voxels, the directions and the
  /// normalization are set.
  SampleParameters parameters;
  Encoding encoding = Encoding::dense;
  int channels = 0;
  int labels = 0;  // 0 without labels
  std::vector<std::uint64_t> shape;
};

/// Reads an index.json. Throws ShardError, with the file and the field, if a parameter is missing
/// or invalid, or if the shape does not fit the task, the channels and the grid.
StoredKind stored_kind(const JsonField& index);

/// The mean and standard deviation of each channel.
struct ChannelStatistics {
  std::vector<double> mean, deviation;
};

/// Reads channel_mean and channel_std; nothing if both lists are empty, as in a folder without
/// samples. Throws ShardError if they are not lists of a number per channel.
std::optional<ChannelStatistics> channel_statistics(const JsonField& index, int channels);

}  // namespace mmgym
