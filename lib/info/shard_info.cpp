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
  for (const std::uint64_t sample : catalog.samples()) {
    ++info.samples;
    const std::string label = catalog.read_text(sample, "cls");
    if (label.empty()) continue;
    try {
      ++info.labels[std::stoll(label)];
    } catch (const std::exception&) {
      throw ShardError(path + ": the label of sample " + std::to_string(sample) + " is '" + label +
                       "', not a number");
    }
  }
  return info;
}

}  // namespace mmgym
