#include "pipeline/write_shards.h"

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for_each.h>

#include <atomic>
#include <mutex>
#include <nlohmann/json.hpp>

#include "pipeline/encode_sample.h"
#include "sampling/sample_maker.h"
#include "sampling/sample_order.h"
#include "sampling/zone_choice.h"
#include "shards/shard_folder.h"
#include "version.h"

namespace mmgym {
namespace {

using nlohmann::ordered_json;

/// What index.json says of the samples.
ordered_json describe(const ShardOptions& options, GymReader& reader, std::size_t zones,
                      std::uint64_t count) {
  const SampleParameters& p = options.parameters;
  const ChannelMap channels(p.channels, p.ligand_channel);
  return {
      {"parameters",
       {{"task", p.task == Task::neighbor ? "neighbor" : "single"},
        {"split", options.split.empty() ? ordered_json() : ordered_json(options.split)},
        {"max_difficulty",
         options.max_difficulty ? ordered_json(*options.max_difficulty) : ordered_json()},
        {"start", options.first},
        {"count", count},
        {"seed", options.seed},
        {"grid", p.length_voxels},
        {"resolution_A", p.resolution_A},
        {"atom_radius_A", p.atom_radius_A.value_or(p.resolution_A / 2)},
        {"channels", p.channels},
        {"ligand_channel", p.ligand_channel},
        {"other_elements", p.other_elements == OtherElements::error ? "error" : "drop"},
        {"fill", fill_name(p.fill)},
        {"aggregate", aggregate_name(p.aggregate)},
        {"directions", p.directions},
        {"view_distance_A", p.view_distance_A},
        {"noise_max_distance_A", p.noise_max_distance_A},
        {"noise_max_angle_deg", p.noise_max_angle_deg}}},
      {"shape", image_shape(p, channels.channels())},
      {"dtype", "float32"},
      {"database", {{"id", ordered_json::parse(reader.metadata("database_id"))}, {"zones", zones}}},
      {"written_by", fmt::format("mmgym {}", kVersion)}};
}

}  // namespace

ShardSummary write_shards(const ShardOptions& options) {
  GymReader reader(options.database);
  const std::vector<std::int64_t> zones =
      choose_zones(reader, options.split, options.max_difficulty);
  const std::uint64_t count = options.count != 0 ? options.count : zones.size() * options.epochs;
  const SampleOrder order(zones.size(), options.first, count, options.seed);
  const int channels =
      ChannelMap(options.parameters.channels, options.parameters.ligand_channel).channels();

  ShardPlan plan;
  plan.name = options.folder.filename().string();
  plan.sample_count = count;
  plan.samples_per_shard = options.samples_per_shard;
  plan.description = describe(options, reader, zones.size(), count);
  ShardFolder folder(options.folder, plan);
  const auto missing = folder.missing_shards();
  std::uint64_t to_make = 0;
  for (const auto shard : missing) {
    const auto range = folder.positions(shard);
    to_make += range.last - range.first;
  }

  std::atomic<std::uint64_t> made = 0;
  std::mutex progress_mutex;
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.threads));
  tbb::parallel_for_each(missing, [&](std::uint64_t shard) {
    SampleMaker maker(options.database, zones, options.parameters);
    Sample sample;
    ShardWriter writer = folder.start_shard(shard);
    const auto range = folder.positions(shard);
    for (std::uint64_t position = range.first; position < range.last; ++position) {
      maker.make(order.index(position), sample);
      writer.write(encode_sample(sample, options.parameters, channels));
      const std::uint64_t done = ++made;
      const std::unique_lock lock(progress_mutex, std::try_to_lock);
      if (lock.owns_lock()) options.on_progress(done, to_make);
    }
    folder.finish_shard(std::move(writer));
  });
  if (!folder.complete()) folder.finish();
  return {count, plan.shard_count(), made};
}

}  // namespace mmgym
