#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "example.h"
#include "shards/shard_folder.h"

namespace mmgym::testing {

/// Every file in a folder, by name, with its content.
inline std::map<std::string, std::string> content_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> content;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    content[entry.path().filename().string()] = slurp(entry.path());
  return content;
}

/// Writes what is missing of the example's samples, shard by shard; returns how many it wrote.
/// Stops short before sample `stop`, as an interrupted program does.
inline std::uint64_t write_missing(ShardFolder& folder, const Example& example,
                                   std::uint64_t stop = UINT64_MAX) {
  std::uint64_t written = 0;
  for (const std::uint64_t shard : folder.missing_shards()) {
    const auto [first, last] = folder.positions(shard);
    for (std::uint64_t i = first; i < last; ++i, ++written) {
      if (i == stop) return written;
      folder.write(example.sample(i));
    }
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
