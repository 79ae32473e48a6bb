#include "shards/write_shards.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for_each.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "shards/sample_pipeline.h"
#include "shards/shard_folder.h"
#include "shards/verify_shards.h"

namespace mmgym {
namespace {

/// The last part of a folder's path, also where the path ends with a slash or is ".".
std::string name_of(const std::filesystem::path& folder) {
  const auto path = std::filesystem::absolute(folder).lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

ShardPlan plan_of(const ShardOptions& options, const SampleRun& run) {
  ShardPlan plan;
  plan.name = name_of(options.folder);
  plan.sample_count = run.count();
  plan.samples_per_shard = options.samples_per_shard;
  plan.description = run.description();
  return plan;
}

}  // namespace

ShardSummary write_shards(const ShardOptions& options) {
  SampleRun run(options.run, true);
  const ShardPlan plan = plan_of(options, run);
  ShardFolder folder(options.folder, plan);
  const auto missing = folder.missing_shards();
  std::uint64_t to_make = 0;
  for (const auto shard : missing) {
    const auto range = folder.positions(shard);
    to_make += range.last - range.first;
  }

  // Shards are written side by side, because checksums take longer than samples.
  const auto threads = static_cast<std::size_t>(options.run.threads);
  const std::size_t at_a_time = std::clamp<std::size_t>(missing.size(), 1, threads);
  const std::size_t in_flight = std::max<std::size_t>(2, run.in_flight() / at_a_time);
  std::atomic<std::uint64_t> written = 0;
  std::mutex progress_mutex;
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
  tbb::parallel_for_each(missing, [&](std::uint64_t shard) {
    ShardWriter writer = folder.start_shard(shard);
    const auto range = folder.positions(shard);
    run_pipeline(
        range.first, range.last, in_flight,
        [&run](std::uint64_t position) { return run.make(position); },
        [&](const SampleRecord& sample) {
          writer.write(sample);
          const std::uint64_t done = ++written;
          const std::unique_lock lock(progress_mutex, std::try_to_lock);
          if (lock.owns_lock()) options.run.on_progress(done, to_make);
        });
    folder.finish_shard(std::move(writer));
  });
  if (!folder.complete()) folder.finish();
  return {run.count(), plan.shard_count(), written};
}

std::vector<std::string> verify_folder(const ShardOptions& options) {
  const SampleRun run(options.run, true);
  return verify_shards(options.folder, plan_of(options, run));
}

}  // namespace mmgym
