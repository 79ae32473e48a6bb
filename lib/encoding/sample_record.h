#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/owned_bytes.h"

namespace mmgym {

/// One file of a sample. It is named KEY.extension.
struct SampleMember {
  std::string extension;          // "npy", "npy.gz", "idx.npy", "cls", "json", …
  std::vector<OwnedBytes> parts;  // the content, in pieces
};

/// Sums over the voxels of one channel, for their mean and standard deviation.
struct ChannelSum {
  std::uint64_t count = 0;  // of voxels
  double sum = 0;
  double sum_of_squares = 0;

  ChannelSum& operator+=(const ChannelSum& other);
  bool operator==(const ChannelSum&) const = default;
};

/// An encoded sample, as it is written to a shard.
struct SampleRecord {
  std::uint64_t index = 0;
  std::vector<SampleMember> members;
  std::vector<ChannelSum> channel_sums;  // one per channel, over all views
};

/// The key of a sample, which begins the names of its files: its index in 12 digits (more from
/// 10^12 on).
std::string sample_key(std::uint64_t index);

}  // namespace mmgym
