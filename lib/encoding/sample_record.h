#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/owned_bytes.h"

namespace mmgym {

/// One file of a sample. It is named KEY.extension.
struct SampleMember {
  std::string extension;          // "npy", "npy.gz", "idx.npy", "cls", "json", …
  std::vector<OwnedBytes> parts;  // the content, in pieces that follow one another
};

/// What is needed of one channel's voxels for their mean and standard deviation.
struct ChannelSum {
  std::uint64_t count = 0;  // of voxels
  double sum = 0;
  double sum_of_squares = 0;

  ChannelSum& operator+=(const ChannelSum& other);
  bool operator==(const ChannelSum&) const = default;
};

/// A sample as it goes into a shard: encoded, with nothing left to be decided.
struct SampleRecord {
  std::uint64_t index = 0;
  std::vector<SampleMember> members;
  std::vector<ChannelSum> channel_sums;  // over all views of the sample; as many in every sample
};

/// The name that a sample's files have in common: its index in 12 digits (more, beyond 10^12).
std::string sample_key(std::uint64_t index);

}  // namespace mmgym
