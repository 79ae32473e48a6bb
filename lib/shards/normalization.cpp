#include "shards/normalization.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "shards/sample_run.h"
#include "shards/shard_index.h"

namespace mmgym {

void normalize_like(const std::filesystem::path& folder, SampleParameters& parameters) {
  const std::filesystem::path path = folder / index_name;
  const auto index = read_json(path);
  if (!index)
    throw ShardError(path.string() +
                     ": no such file; give --normalize a finished folder of shards");
  try {
    const nlohmann::json& there = index->at("parameters");
    if (there.at("normalized").get<bool>())
      throw ShardError(
          path.string() +
          ": these shards are normalized themselves; give --normalize shards that are not");
    const auto here = nlohmann::json::parse(describe_channels(parameters).dump());
    nlohmann::json same_keys;
    for (const auto& item : here.items()) same_keys[item.key()] = there.at(item.key());
    const auto found = differences(same_keys, here);
    if (!found.empty())
      throw ShardError(fmt::format("{}: the channels differ from those of this run: {}",
                                   path.string(), fmt::join(found, "; ")));
    parameters.channel_mean = index->at("channel_mean").get<std::vector<float>>();
    parameters.channel_std = index->at("channel_std").get<std::vector<float>>();
  } catch (const nlohmann::json::exception& error) {
    throw ShardError(path.string() + ": not an index of mmgym's shards: " + error.what());
  }
  for (float& deviation : parameters.channel_std)
    if (deviation == 0) deviation = 1;
}

}  // namespace mmgym
