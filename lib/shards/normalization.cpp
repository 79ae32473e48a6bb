#include "shards/normalization.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "shards/sample_run.h"
#include "shards/shard_index.h"
#include "shards/stored_kind.h"

namespace mmgym {

void normalize_like(const std::filesystem::path& folder, SampleParameters& parameters) {
  const std::filesystem::path path = folder / index_name;
  const auto index = read_json(path);
  if (!index)
    throw ShardError(path.string() +
                     ": no such file; give --normalize a finished folder of shards");
  const JsonField root(*index, path.string());
  const StoredKind kind = stored_kind(root);
  if (kind.parameters.normalized())
    throw ShardError(
        path.string() +
        ": these shards are normalized themselves; give --normalize shards that are not");
  const JsonField there = root.at("parameters");
  const auto here = nlohmann::json::parse(describe_channels(parameters).dump());
  nlohmann::json same_keys;
  for (const auto& item : here.items()) same_keys[item.key()] = there.at(item.key()).value();
  const auto found = differences(same_keys, here);
  if (!found.empty())
    throw ShardError(fmt::format("{}: the channels differ from those of this run: {}",
                                 path.string(), fmt::join(found, "; ")));
  const auto statistics = channel_statistics(root, kind.channels);
  if (!statistics) root.at("channel_mean").fail("is empty: these shards have no samples");
  parameters.channel_mean.assign(statistics->mean.begin(), statistics->mean.end());
  parameters.channel_std.assign(statistics->deviation.begin(), statistics->deviation.end());
  for (float& deviation : parameters.channel_std)
    if (deviation == 0) deviation = 1;
}

void set_normalization(const std::filesystem::path& folder, const std::vector<float>& channel_mean,
                       const std::vector<float>& channel_std, SampleParameters& parameters) {
  if (channel_mean.empty() != channel_std.empty())
    throw UsageError("--channel-mean and --channel-std need each other; give both");
  if (!folder.empty() && !channel_mean.empty())
    throw UsageError("--normalize excludes --channel-mean and --channel-std; remove one of them");
  parameters.channel_mean = channel_mean;
  parameters.channel_std = channel_std;
  if (!folder.empty()) normalize_like(folder, parameters);
}

}  // namespace mmgym
