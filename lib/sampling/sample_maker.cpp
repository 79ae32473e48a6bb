#include "sampling/sample_maker.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "geometry/cell_list.h"
#include "geometry/polyhedra.h"
#include "voxel/other_balls.h"

namespace mmgym {
namespace {

ImageParams image_params(const SampleParameters& parameters, const ChannelMap& channel_map) {
  ImageParams image;
  image.grid.length_voxels = parameters.length_voxels;
  image.grid.resolution_A = parameters.resolution_A;
  image.channels = channel_map.channels();
  image.fill = parameters.fill;
  image.aggregate = parameters.aggregate;
  check(image);
  return image;
}

double radius_A(const SampleParameters& parameters) {
  return parameters.atom_radius_A.value_or(parameters.resolution_A / 2);
}

/// How far from its center an atom may put something into voxels.
double reach_A(const SampleParameters& parameters) {
  return radius_A(parameters) * (parameters.fill == Fill::gaussian ? kGaussianReach : 1);
}

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
    : parameters_(parameters),
      zone_ids_(zone_ids),
      reader_(database, neighbor_lookup),
      frames_(frame_parameters(parameters, reader_)),
      channel_map_(parameters.channels, parameters.ligand_channel),
      image_(image_params(parameters, channel_map_)),
      voxelizer_(image_, radius_A(parameters)),
      tile_source_(reader_, std::move(cache), channel_map_, parameters.other_elements,
                   parameters.with_atoms) {
  if (!parameters_.normalized()) return;
  // Tells wrong numbers before anything is drawn.
  std::vector<float> image(image_.image_size());
  voxelizer_.normalize(image, parameters_.channel_mean, parameters_.channel_std);
  voxelizer_.forget_drawn();
}

void SampleMaker::make(std::uint64_t index, Sample& sample, StageTimes* times) {
  std::optional<GymReader::Snapshot> snapshot;
  {
    const StageTimer stage(times, Stage::snapshot);
    snapshot.emplace(reader_);
  }
  sample.index = index;
  place_views(index, sample, times);
  sample.images.resize(parameters_.views() * image_.image_size());
  sample.atoms.clear();
  sample.tiles.clear();
  for (int view = 0; view < parameters_.views(); ++view) {
    {
      const StageTimer stage(times, Stage::read_atoms);
      read_tiles(sample.zone.assembly_id, sample.frame_iv(view), times);
    }
    const StageTimer stage(times, Stage::draw_views);
    draw(view, sample);
  }
  const StageTimer stage(times, Stage::snapshot);
  snapshot.reset();
}

void SampleMaker::place_views(std::uint64_t index, Sample& sample, StageTimes* times) {
  {
    const StageTimer stage(times, Stage::look_up_zone);
    sample.zone = reader_.zone(zone_ids_[index % zone_ids_.size()]);
  }
  if (parameters_.task == Task::single) {
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

void SampleMaker::read_tiles(std::int64_t assembly_id, const Frame& frame_iv, StageTimes* times) {
  tiles_.clear();
  const double half_edge_A = parameters_.edge_A() / 2 + reach_A(parameters_);
  const Eigen::Vector3d center_i = frame_origin(frame_iv);
  const Eigen::Array3d extent_i =
      frame_iv.linear().cwiseAbs().colwise().sum().transpose().array() * half_edge_A;
  const Eigen::Vector3i first = cell_of(center_i.array() - extent_i, kAtomTileEdge_A);
  const Eigen::Vector3i last = cell_of(center_i.array() + extent_i, kAtomTileEdge_A);
  // A tile is a cube of stored coordinates, and the image one of the view's; no tile is needed
  // that a face of the image keeps out.
  const Eigen::Array3d tile_extent_v =
      frame_iv.linear().cwiseAbs().rowwise().sum().array() * (kAtomTileEdge_A / 2);
  const auto is_needed = [&](int x, int y, int z) {
    const Eigen::Vector3d tile_center_i =
        (Eigen::Array3d(x, y, z) + 0.5).matrix() * kAtomTileEdge_A;
    const Eigen::Array3d tile_center_v = (frame_iv * tile_center_i).array();
    return (tile_center_v.abs() <= half_edge_A + tile_extent_v).all();
  };
  for (int x = first.x(); x <= last.x(); ++x)
    for (int y = first.y(); y <= last.y(); ++y) {
      // Those needed of a column follow one another.
      int low = first.z();
      int high = last.z();
      while (low <= high && !is_needed(x, y, low)) ++low;
      while (low <= high && !is_needed(x, y, high)) --high;
      if (low <= high) tile_source_.read_column(assembly_id, x, y, low, high, tiles_, times);
    }
}

void SampleMaker::draw(int view, Sample& sample) {
  const std::size_t size = image_.image_size();
  const std::span<float> image = std::span(sample.images).subspan(view * size, size);
  const Frame frame_iv = sample.frame_iv(view);
  std::size_t& count = sample.atoms_drawn[view];
  count = 0;
  voxelizer_.clear(image);
  for (const AtomTilePtr& tile : tiles_) {
    AtomsView atoms;
    atoms.count = tile->atoms.size();
    atoms.x_A = tile->atoms.x_A.data();
    atoms.y_A = tile->atoms.y_A.data();
    atoms.z_A = tile->atoms.z_A.data();
    atoms.occupancy = tile->atoms.occupancy.data();
    atoms.channels = tile->channels.data();
    drawn_.clear();
    const std::size_t drawn =
        voxelizer_.draw(atoms, frame_iv, image, parameters_.with_atoms ? &drawn_ : nullptr);
    count += drawn;
    if (!parameters_.with_atoms || drawn == 0) continue;
    for (const std::size_t atom : drawn_)
      sample.atoms.push_back({static_cast<std::uint8_t>(view),
                              static_cast<std::uint32_t>(sample.tiles.size()),
                              static_cast<std::uint32_t>(atom)});
    sample.tiles.push_back(tile);
  }
  if (parameters_.normalized())
    voxelizer_.normalize(image, parameters_.channel_mean, parameters_.channel_std);
}

}  // namespace mmgym
