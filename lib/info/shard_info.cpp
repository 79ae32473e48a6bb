#include "info/shard_info.h"

#include "shards/shard_catalog.h"
#include "shards/verify_shards.h"
#include "voxel/channel_names.h"

namespace mmgym {

ShardInfo shard_info(const std::string& path, bool quick) {
  ShardInfo info;
  info.path = path;
  info.checked = !quick;
  if (!quick) info.problems = verify_shards(path);
  const ShardCatalog catalog(path);
  info.index = catalog.index();
  const SampleParameters& parameters = catalog.kind().parameters;
  info.channel_names = channel_names(parameters.channels, parameters.ligand_channel);
  info.statistics = catalog.statistics();
  for (const ShardRecord& shard : catalog.shards()) {
    ++info.shards;
    info.bytes += shard.file_size;
  }
  const bool labeled = catalog.kind().labels > 0;
  for (const std::uint64_t sample : catalog.samples()) {
    ++info.samples;
    if (labeled) ++info.labels[catalog.label(sample)];
  }
  return info;
}

}  // namespace mmgym
