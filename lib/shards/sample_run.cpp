#include "shards/sample_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/version.h"
#include "sampling/image_memory.h"
#include "sampling/zone_choice.h"

namespace mmgym {
namespace {

using nlohmann::ordered_json;

/// The samples of all workers. A run without end goes on to the last index there is.
std::uint64_t total_count(const RunOptions& options, std::size_t zones) {
  if (options.count != 0) return options.count;
  constexpr auto kIndices = std::uint64_t{1} << 63;
  return options.epochs != 0 ? zones * options.epochs : kIndices - options.first;
}

}  // namespace

SampleRun::SampleRun(const RunOptions& options, bool sums)
    : options_(options),
      reader_(options.database),
      zones_(choose_zones(reader_, options.split, options.max_difficulty)),
      order_(zones_.size(), options.first, total_count(options, zones_.size()), options.seed),
      makers_([this, cache = std::make_shared<TileCache>(options.tile_cache_bytes)] {
        return std::make_unique<SampleMaker>(options_.database, zones_, options_.parameters, cache);
      }),
      channels_(
          ChannelMap(options.parameters.channels, options.parameters.ligand_channel).channels()),
      encoder_(options.parameters, channels_, options.format, sums),
      database_id_(reader_.metadata("database_id")) {
  check_image_memory(options.parameters, channels_, in_flight(), physical_memory());
  makers_.get();  // so that wrong parameters are told before anything is written
}

std::uint64_t SampleRun::count() const {
  const auto [worker, workers] = options_.share;
  return order_.count() > worker ? (order_.count() - worker - 1) / workers + 1 : 0;
}

SampleRecord SampleRun::make(std::uint64_t position) {
  const auto [worker, workers] = options_.share;
  const auto maker = makers_.get();
  const auto sample = samples_.get();
  maker->make(order_.index(worker + position * workers), *sample);
  return encoder_.encode(sample);
}

std::size_t SampleRun::in_flight() const {
  constexpr std::size_t kMemory = std::size_t{96} << 20;
  const auto threads = static_cast<std::size_t>(options_.threads);
  return std::max(threads, std::min<std::size_t>(
                               4 * threads, kMemory / image_bytes(options_.parameters, channels_)));
}

ordered_json describe_channels(const SampleParameters& p) {
  return {{"resolution_A", p.resolution_A},
          {"atom_radius_A", p.atom_radius.van_der_waals
                                ? ordered_json("vdw")
                                : ordered_json(p.atom_radius.largest_A(p.resolution_A))},
          {"channels", p.channels},
          {"ligand_channel", p.ligand_channel},
          {"other_elements", p.other_elements == OtherElements::error ? "error" : "drop"},
          {"fill", fill_name(p.fill)},
          {"aggregate", aggregate_name(p.aggregate)}};
}

ordered_json SampleRun::description() const {
  const SampleParameters& p = options_.parameters;
  const auto [worker, workers] = options_.share;
  ordered_json parameters = {
      {"task", p.task == Task::neighbor ? "neighbor" : "single"},
      {"split", options_.split.empty() ? ordered_json() : ordered_json(options_.split)},
      {"max_difficulty",
       options_.max_difficulty ? ordered_json(*options_.max_difficulty) : ordered_json()},
      {"start", options_.first},
      {"count", order_.count()},
      {"seed", options_.seed},
      {"worker", fmt::format("{}/{}", worker, workers)},
      {"grid", p.length_voxels}};
  parameters.update(describe_channels(p));
  parameters.update({{"directions", p.directions},
                     {"view_distance_A", p.view_distance_A},
                     {"noise_max_distance_A", p.noise_max_distance_A},
                     {"noise_max_angle_deg", p.noise_max_angle_deg},
                     {"normalized", p.normalized()},
                     {"compression", compression_name(options_.format.compression)},
                     {"encoding", encoding_name(options_.format.encoding)},
                     {"with_atoms", p.with_atoms}});
  if (p.normalized()) {
    parameters["normalized_by_mean"] = p.channel_mean;
    parameters["normalized_by_std"] = p.channel_std;
  }
  return {{"parameters", parameters},
          {"shape", image_shape(p, channels_)},
          {"dtype", dtype_name(options_.format.dtype)},
          {"database", {{"id", ordered_json::parse(database_id_)}, {"zones", zones_.size()}}},
          {"written_by", fmt::format("mmgym {}", kVersion)}};
}

}  // namespace mmgym
