#include "sampling/sample_maker.h"

#include <optional>
#include <utility>

#include "geometry/polyhedra.h"

namespace mmgym {
namespace {

NeighborFrameParameters frame_parameters(const SampleParameters& parameters, GymReader& reader) {
  NeighborFrameParameters frames;
  frames.zone_size_A = reader.positive_metadata("zone_size_A");
  frames.neighbor_directions = reader.neighbor_offsets_A();
  for (auto& direction : frames.neighbor_directions) direction.normalize();
  frames.direction_candidates = polyhedron_faces(parameters.directions);
  frames.view_distance_A = parameters.view_distance_A;
  frames.noise_max_distance_A = parameters.noise_max_distance_A;
  frames.noise_max_angle_deg = parameters.noise_max_angle_deg;
  return frames;
}

}  // namespace

void throw_database_changed(const std::filesystem::path& database) {
  throw DatabaseChanged(database.string() +
                        ": another process changed the database during this run; run it again, "
                        "with a new folder for shards");
}

SampleMaker::SampleMaker(const std::filesystem::path& database,
                         std::span<const std::int64_t> zone_ids, const SampleParameters& parameters,
                         std::shared_ptr<TileCache> cache, NeighborLookup neighbor_lookup)
    : task_(parameters.task),
      zone_ids_(zone_ids),
      reader_(database, neighbor_lookup),
      database_id_(reader_.database_id()),
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

void SampleMaker::require_same_database() {
  const std::uint32_t version = reader_.connection().data_version();
  if (version == seen_version_) return;
  if (reader_.database_id() != database_id_) throw_database_changed(reader_.path());
  seen_version_ = version;
}

void SampleMaker::require_neighbors(std::int64_t zone_id) const {
  const std::size_t known = frames_.parameters().neighbor_directions.size();
  if (known == 0) return;
  const auto fail = [&](const std::string& what) {
    throw DatabaseError(reader_.path().string() + " is damaged: zone " + std::to_string(zone_id) +
                        " has " + what + " in the table zone_neighbor");
  };
  if (neighbors_.empty()) fail("no rows");
  for (const int neighbor : neighbors_)
    if (static_cast<std::size_t>(neighbor) >= known)
      fail("the unknown neighbor " + std::to_string(neighbor));
}

void SampleMaker::place_views(std::uint64_t index, Sample& sample, StageTimes* times) {
  {
    const StageTimer stage(times, Stage::look_up_zone);
    sample.zone = reader_.zone(zone_ids_[index % zone_ids_.size()]);
    require_same_database();
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
    require_neighbors(sample.zone.zone_id);
  }
  const StageTimer stage(times, Stage::frames);
  const NeighborFrames frames = frames_.make(index, sample.zone.center_A, neighbors_);
  sample.frame_ia = frames.frame_ia;
  sample.frame_ab = frames.frame_ab;
  sample.label = frames.label;
}

}  // namespace mmgym
