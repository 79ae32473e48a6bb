#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "encoding/gzip.h"
#include "encoding/npy.h"
#include "encoding/sample_record.h"
#include "shards/shard_folder.h"
#include "shards/shard_record.h"

namespace mmgym::testing {

/// Samples with images of shape (2, 3, 4, 5, 6). Number j of sample i is ((7 j + 13 i) mod 31) / 8
/// if that is 2 or more, else 0. example.py has the same formula.
class Example {
 public:
  /// `encoding` is dense, gzip or sparse.
  explicit Example(std::string encoding = "dense") : encoding_(std::move(encoding)) {}

  static constexpr std::size_t channels = 3;
  static constexpr std::size_t voxels = 4 * 5 * 6;
  static constexpr std::size_t numbers = 2 * channels * voxels;

  static float number(std::uint64_t i, std::uint64_t j) {
    const auto value = static_cast<float>((7 * j + 13 * i) % 31) / 8;
    return value >= 2 ? value : 0;
  }

  SampleRecord sample(std::uint64_t i) const {
    SampleRecord record;
    record.index = i;
    record.channel_sums.resize(channels);
    std::vector<float> image(numbers);
    for (std::size_t j = 0; j < numbers; ++j) {
      image[j] = number(i, j);
      record.channel_sums[j / voxels % channels] += {1, image[j], image[j] * image[j]};
    }
    add_image(record, std::move(image));
    record.members.push_back({"cls", {OwnedBytes(std::to_string(i % 5))}});
    record.members.push_back({"json", {OwnedBytes("{\"sample\": " + std::to_string(i) + "}")}});
    return record;
  }

  ShardPlan plan(std::uint64_t sample_count, std::uint64_t samples_per_shard) const {
    return {"example",
            sample_count,
            samples_per_shard,
            {{"parameters", {{"encoding", encoding_}, {"seed", 1}, {"resolution", 0.1}}},
             {"shape", {2, 3, 4, 5, 6}},
             {"dtype", "float32"}}};
  }

 private:
  void add_image(SampleRecord& record, std::vector<float> image) const {
    if (encoding_ == "sparse") {
      std::vector<std::uint32_t> indices;
      std::vector<float> values;
      for (std::size_t j = 0; j < image.size(); ++j) {
        if (image[j] == 0) continue;
        indices.push_back(static_cast<std::uint32_t>(j));
        values.push_back(image[j]);
      }
      const std::vector<std::uint64_t> shape = {indices.size()};
      record.members.push_back(
          {"idx.npy", {OwnedBytes(npy_header("<u4", shape)), OwnedBytes(std::move(indices))}});
      record.members.push_back(
          {"val.npy", {OwnedBytes(npy_header("<f4", shape)), OwnedBytes(std::move(values))}});
      return;
    }
    const std::vector<std::uint64_t> shape = {2, 3, 4, 5, 6};
    std::vector<OwnedBytes> parts = {OwnedBytes(npy_header("<f4", shape)),
                                     OwnedBytes(std::move(image))};
    if (encoding_ == "dense")
      record.members.push_back({"npy", std::move(parts)});
    else if (encoding_ == "gzip")
      record.members.push_back({"npy.gz", {OwnedBytes(gzip(parts))}});
    else
      throw std::invalid_argument("unknown encoding: " + encoding_);
  }

  std::string encoding_;
};

/// Writes a whole shard of the example's samples.
inline void write_shard(ShardFolder& folder, std::uint64_t shard, const Example& example) {
  ShardWriter writer = folder.start_shard(shard);
  const auto [first, last] = folder.positions(shard);
  for (std::uint64_t i = first; i < last; ++i) writer.write(example.sample(i));
  folder.finish_shard(std::move(writer));
}

/// Writes the example's missing samples, shard by shard. Returns how many it wrote. Stops before
/// sample `stop`, like an interrupted program.
inline std::uint64_t write_missing(ShardFolder& folder, const Example& example,
                                   std::uint64_t stop = UINT64_MAX) {
  std::uint64_t written = 0;
  for (const std::uint64_t shard : folder.missing_shards()) {
    const auto [first, last] = folder.positions(shard);
    ShardWriter writer = folder.start_shard(shard);
    for (std::uint64_t i = first; i < last; ++i, ++written) {
      if (i == stop) return written;
      writer.write(example.sample(i));
    }
    folder.finish_shard(std::move(writer));
  }
  folder.finish();
  return written;
}

/// Writes the example to a folder from start to end.
inline void write_all(const std::filesystem::path& path, const ShardPlan& plan) {
  ShardFolder folder(path, plan);
  write_missing(folder, Example());
}

}  // namespace mmgym::testing
