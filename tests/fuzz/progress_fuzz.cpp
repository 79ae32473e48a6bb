// progress.jsonl of an unfinished folder of shards.

#include "encoding/shard_error.h"
#include "fuzz_input.h"
#include "shards/shard_progress.h"

using namespace mmgym;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  ShardPlan plan;
  plan.sample_count = 10;
  plan.samples_per_shard = 4;
  plan.description["shape"] = {2, 2, 4, 4, 4};
  fuzz::file_of(fuzz::text_of(bytes, size), progress_name);
  try {
    if (const auto progress = read_progress(fuzz::folder(), plan))
      fuzz::require(progress->shards.size() == 3);
  } catch (const ShardError&) {
  }
  return 0;
}
