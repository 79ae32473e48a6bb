#include "shards/write_shards.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "base/stop_signal.h"
#include "shards/shard_folder.h"
#include "shards/verify_shards.h"

namespace mmgym {
namespace {

/// The last part of a folder's path, also if the path ends with a slash or is ".".
std::string name_of(const std::filesystem::path& folder) {
  const auto path = std::filesystem::absolute(folder).lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

ShardPlan plan_of(const ShardOptions& options, const SampleRun& run) {
  ShardPlan plan;
  plan.name = name_of(options.folder);
  plan.sample_count = run.count();
  plan.samples_per_shard = options.samples_per_shard;
  if (plan.shard_count() > kMostShards)
    throw UsageError(fmt::format(
        "{} samples in shards of {} make {} shards, more than the {} that fit in one folder; use "
        "--samples-per-shard {} or more, or a smaller --count",
        plan.sample_count, plan.samples_per_shard, plan.shard_count(), kMostShards,
        (plan.sample_count - 1) / kMostShards + 1));
  plan.description = run.description();
  return plan;
}

/// Shards that are written one after another, at the same time as other lanes.
struct Lane {
  std::vector<std::uint64_t> shards;
  std::optional<ShardWriter> writer;  // of the current shard
};

/// Distributes missing shards to one lane per thread. Checksums take longer than samples, and only
/// one thread at a time can write a lane. All lanes end at about the same time.
std::vector<Lane> deal_out(const std::vector<std::uint64_t>& missing, int threads) {
  std::vector<Lane> lanes(std::min(missing.size(), static_cast<std::size_t>(threads)));
  for (std::size_t n = 0; n < missing.size(); ++n)
    lanes[n % lanes.size()].shards.push_back(missing[n]);
  return lanes;
}

}  // namespace

ShardSummary write_shards(const ShardOptions& options) {
  if (!options.run.share.is_all()) throw std::invalid_argument("a run with a share has no folder");
  SampleRun run(options.run, true);
  const ShardPlan plan = plan_of(options, run);
  ShardFolder folder(options.folder, plan, options.share);
  const auto missing = folder.missing_shards();
  std::uint64_t to_make = 0;
  for (const auto shard : missing) to_make += plan.samples_in(shard);

  if (!missing.empty()) {
    const auto estimate =
        estimate_size(folder, [&run](std::uint64_t position) { return run.make(position); });
    const auto free_bytes = free_space(options.folder);
    if (options.check_space) require_free_space(options.folder, estimate, free_bytes);
    options.on_estimate(estimate, free_bytes);
  }
  options.run.on_start(run);
  std::atomic<std::uint64_t> written = 0;
  std::mutex progress_mutex;
  std::vector<Lane> lanes = deal_out(missing, options.run.threads);
  std::vector<OrderedWork<SampleRecord>> work;
  for (Lane& lane : lanes) {
    // All shards have the same size but the last one, which comes last in its lane.
    const std::uint64_t shard_size = plan.samples_in(lane.shards.front());
    const std::uint64_t count =
        (lane.shards.size() - 1) * shard_size + plan.samples_in(lane.shards.back());
    const auto position_of = [&lane, &folder, shard_size](std::uint64_t i) {
      return folder.positions(lane.shards[i / shard_size]).first + i % shard_size;
    };
    auto& samples = work.emplace_back(run.samples(count, position_of));
    samples.write = [&, shard_size, count](std::uint64_t i, SampleRecord&& sample) {
      if (i % shard_size == 0) lane.writer = folder.start_shard(lane.shards[i / shard_size]);
      lane.writer->write(sample);
      const std::uint64_t done = ++written;
      if (const std::unique_lock lock(progress_mutex, std::try_to_lock); lock.owns_lock())
        options.run.on_progress(done, to_make);
      if ((i + 1) % shard_size != 0 && i + 1 != count) return;
      folder.finish_shard(std::move(*lane.writer));
      lane.writer.reset();
    };
  }
  try {
    run_ordered(work, run.limits());
  } catch (const Stopped& stopped) {
    lanes.clear();  // drops the unfinished shards
    throw Stopped(stopped.signal(),
                  fmt::format("stopped; {} of {} shards are finished and kept in {}; run the same "
                              "command to continue",
                              plan.shard_count() - folder.missing_shards().size(),
                              plan.shard_count(), options.folder.string()));
  }
  if (!folder.complete()) folder.finish();
  return {run.count(), plan.shard_count(), written, folder.missing_of_all()};
}

ShardSummary finish_shards(const ShardOptions& options) {
  const SampleRun run(options.run, true);
  const ShardPlan plan = plan_of(options, run);
  ShardFolder folder(options.folder, plan);
  if (const auto missing = folder.missing_shards(); !missing.empty())
    throw ShardError(fmt::format(
        "{}: {} of {} shards are missing, the first is {}; run the workers that make them again",
        options.folder.string(), missing.size(), plan.shard_count(), shard_name(missing.front())));
  folder.finish();
  return {run.count(), plan.shard_count(), 0, 0};
}

std::vector<std::string> verify_folder(const ShardOptions& options) {
  const SampleRun run(options.run, true);
  return verify_shards(options.folder, plan_of(options, run));
}

}  // namespace mmgym
