#include "shards/shard_progress.h"

#include "shards/durable_file.h"
#include "shards/shard_index.h"

// progress.json stands in a folder from before its first shard until index.json is in place:
//
//     description      what the plan says, as in index.json: whoever would go on must want the same
//     shards           a list in order, null for a shard that is not finished, else
//         nsamples
//         filesize     in bytes
//         md5sum
//         channels     for each channel, a list [count, sum, sum of squares] of its voxels
//
// Numbers are written with as many digits as it takes to read the same double again, so that an
// interrupted run comes to the same means as an undisturbed one.

namespace mmgym {

void write_progress(const std::filesystem::path& folder, const ShardProgress& progress) {
  auto shards = nlohmann::json::array();
  for (const std::optional<ShardRecord>& shard : progress.shards) {
    if (!shard) {
      shards.push_back(nullptr);
      continue;
    }
    auto channels = nlohmann::json::array();
    for (const ChannelSum& channel : shard->channel_sums)
      channels.push_back({channel.count, channel.sum, channel.sum_of_squares});
    shards.push_back({{"nsamples", shard->sample_count},
                      {"filesize", shard->file_size},
                      {"md5sum", shard->md5},
                      {"channels", channels}});
  }
  const nlohmann::json content = {{"description", progress.description}, {"shards", shards}};
  write_durably(folder / progress_name, content.dump() + '\n');
}

std::optional<ShardProgress> read_progress(const std::filesystem::path& folder) {
  const auto content = read_json(folder / progress_name);
  if (!content) return std::nullopt;
  try {
    ShardProgress progress{content->at("description"), {}};
    for (const nlohmann::json& entry : content->at("shards")) {
      if (entry.is_null()) {
        progress.shards.emplace_back();
        continue;
      }
      ShardRecord shard{entry.at("nsamples"), entry.at("filesize"), entry.at("md5sum"), {}};
      for (const nlohmann::json& channel : entry.at("channels"))
        shard.channel_sums.push_back({channel.at(0), channel.at(1), channel.at(2)});
      progress.shards.push_back(std::move(shard));
    }
    return progress;
  } catch (const nlohmann::json::exception& error) {
    throw ShardError((folder / progress_name).string() + " is damaged: " + error.what());
  }
}

}  // namespace mmgym
