#include "sampling/sample_maker.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "geometry/polyhedra.h"

namespace mmgym {
namespace {

NeighborFrameParameters frame_parameters(const SampleParameters& parameters, GymReader& reader) {
  NeighborFrameParameters frames;
  frames.zone_size_A = nlohmann::json::parse(reader.metadata("zone_size_A")).get<double>();
  frames.neighbor_directions = reader.neighbor_offsets_A();
  for (auto& direction : frames.neighbor_directions) direction.normalize();
  frames.direction_candidates = polyhedron_faces(parameters.directions);
  frames.view_distance_A = parameters.view_distance_A;
  frames.noise_max_distance_A = parameters.noise_max_distance_A;
  frames.noise_max_angle_deg = parameters.noise_max_angle_deg;
  return frames;
}

}  // namespace

SampleMaker::SampleMaker(const std::filesystem::path& database,
                         std::span<const std::int64_t> zone_ids, const SampleParameters& parameters,
                         std::shared_ptr<TileCache> cache, NeighborLookup neighbor_lookup)
    : task_(parameters.task),
      zone_ids_(zone_ids),
      reader_(database, neighbor_lookup),
      frames_(frame_parameters(parameters, reader_)),
      drawer_(reader_, parameters, std::move(cache)) {}

void SampleMaker::make(std::uint64_t index, Sample& sample, StageTimes* times) {
  std::optional<GymReader::Snapshot> snapshot;
  {
    const StageTimer stage(times, Stage::snapshot);
    snapshot.emplace(reader_);
  }
  sample.index = index;
  place_views(index, sample, times);
  drawer_.draw(sample, times);
  const StageTimer stage(times, Stage::snapshot);
  snapshot.reset();
}

void SampleMaker::place_views(std::uint64_t index, Sample& sample, StageTimes* times) {
  {
    const StageTimer stage(times, Stage::look_up_zone);
    sample.zone = reader_.zone(zone_ids_[index % zone_ids_.size()]);
  }
  if (task_ == Task::single) {
    const StageTimer stage(times, Stage::frames);
    sample.frame_ia =
        single_view_frame(index, sample.zone.center_A, frames_.parameters().zone_size_A);
    return;
  }
  {
    const StageTimer stage(times, Stage::zone_neighbors);
    reader_.zone_neighbors(sample.zone.zone_id, neighbors_);
  }
  const StageTimer stage(times, Stage::frames);
  const NeighborFrames frames = frames_.make(index, sample.zone.center_A, neighbors_);
  sample.frame_ia = frames.frame_ia;
  sample.frame_ab = frames.frame_ab;
  sample.label = frames.label;
}

}  // namespace mmgym
