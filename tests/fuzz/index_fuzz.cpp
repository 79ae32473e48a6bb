// index.json of a folder of shards.

#include "encoding/shard_error.h"
#include "fuzz_input.h"
#include "shards/json_field.h"
#include "shards/shard_index.h"
#include "shards/stored_kind.h"

using namespace mmgym;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    const auto value = parse_json(fuzz::text_of(bytes, size), "index.json");
    if (!value.is_object()) return 0;
    const JsonField index(value, "index.json");
    const StoredKind kind = stored_kind(index);
    shards_in(index);
    channel_statistics(index, kind.channels);
    fuzz::require(!kind.shape.empty() && kind.channels >= 1);
  } catch (const ShardError&) {
  }
  return 0;
}
