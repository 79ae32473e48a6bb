#include "info/shard_info.h"

#include "shards/shard_catalog.h"
#include "shards/shard_index.h"
#include "shards/verify_shards.h"

namespace mmgym {

ShardInfo shard_info(const std::string& path, bool quick) {
  ShardInfo info;
  info.path = path;
  info.checked = !quick;
  if (!quick) info.problems = verify_shards(path);
  const ShardCatalog catalog(path);
  info.index = catalog.index();
  for (const ShardRecord& shard : shards_in(info.index)) {
    ++info.shards;
    info.bytes += shard.file_size;
  }
  const nlohmann::json::json_pointer task("/parameters/task");
  const bool labeled = info.index.value(task, nlohmann::json()) == "neighbor";
  for (const std::uint64_t sample : catalog.samples()) {
    ++info.samples;
    if (labeled) ++info.labels[catalog.label(sample)];
  }
  return info;
}

}  // namespace mmgym
