#include "sampling/sample_maker.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "geometry/cell_list.h"
#include "geometry/polyhedra.h"
#include "voxel/radii.h"

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
                         std::span<const std::int64_t> zone_ids, const SampleParameters& parameters)
    : parameters_(parameters),
      zone_ids_(zone_ids),
      reader_(database),
      frames_(frame_parameters(parameters, reader_)),
      channel_map_(parameters.channels, parameters.ligand_channel),
      image_(image_params(parameters, channel_map_)),
      voxelizer_(image_, radius_A(parameters)) {}

void SampleMaker::make(std::uint64_t index, Sample& sample, StageTimes* times) {
  sample.index = index;
  {
    const StageTimer stage(times, Stage::look_up_zone);
    sample.zone = reader_.zone(zone_ids_[index % zone_ids_.size()]);
  }
  std::array<Frame, 2> frames_iv;  // stored coordinates to each view
  if (parameters_.task == Task::neighbor) {
    {
      const StageTimer stage(times, Stage::zone_neighbors);
      reader_.zone_neighbors(sample.zone.zone_id, neighbors_);
    }
    const StageTimer stage(times, Stage::frames);
    const NeighborFrames frames = frames_.make(index, sample.zone.center_A, neighbors_);
    sample.frame_ia = frames.frame_ia;
    sample.frame_ab = frames.frame_ab;
    sample.label = frames.label;
    frames_iv = {frames.frame_ia, frames.frame_ab * frames.frame_ia};
  } else {
    const StageTimer stage(times, Stage::frames);
    sample.frame_ia =
        single_view_frame(index, sample.zone.center_A, frames_.parameters().zone_size_A);
    frames_iv[0] = sample.frame_ia;
  }

  const std::size_t view_size = image_.image_size();
  sample.images.resize(parameters_.views() * view_size);
  for (int view = 0; view < parameters_.views(); ++view) {
    {
      const StageTimer stage(times, Stage::read_atoms);
      read_atoms(sample.zone.assembly_id, frames_iv[view]);
    }
    {
      const StageTimer stage(times, Stage::channels);
      assign_channels();
    }
    const StageTimer stage(times, Stage::draw_views);
    const std::span<float> image = std::span(sample.images).subspan(view * view_size, view_size);
    voxelizer_.clear(image);
    AtomsView atoms;
    atoms.count = atoms_.size();
    atoms.x_A = atoms_.x_A.data();
    atoms.y_A = atoms_.y_A.data();
    atoms.z_A = atoms_.z_A.data();
    atoms.occupancy = atoms_.occupancy.data();
    atoms.channels = channels_.data();
    sample.atoms_drawn[view] = voxelizer_.draw(atoms, frames_iv[view], image);
  }
}

void SampleMaker::read_atoms(std::int64_t assembly_id, const Frame& frame_iv) {
  atoms_.clear();
  const double half_edge_A = parameters_.edge_A() / 2 + radius_A(parameters_);
  const Eigen::Vector3d center_i = frame_origin(frame_iv);
  const Eigen::Array3d extent_i =
      frame_iv.linear().cwiseAbs().colwise().sum().transpose().array() * half_edge_A;
  const Eigen::Vector3i first = cell_of(center_i.array() - extent_i, kAtomTileEdge_A);
  const Eigen::Vector3i last = cell_of(center_i.array() + extent_i, kAtomTileEdge_A);
  // A tile is a cube of stored coordinates, and the image one of the view's; no tile is needed
  // that a face of the image keeps out.
  const Eigen::Array3d tile_extent_v =
      frame_iv.linear().cwiseAbs().rowwise().sum().array() * (kAtomTileEdge_A / 2);
  for (int x = first.x(); x <= last.x(); ++x)
    for (int y = first.y(); y <= last.y(); ++y)
      for (int z = first.z(); z <= last.z(); ++z) {
        const Eigen::Vector3i tile(x, y, z);
        const Eigen::Vector3d tile_center_i = (tile.cast<double>().array() + 0.5) * kAtomTileEdge_A;
        const Eigen::Array3d tile_center_v = (frame_iv * tile_center_i).array();
        if ((tile_center_v.abs() <= half_edge_A + tile_extent_v).all())
          reader_.read_tile(assembly_id, tile, atoms_);
      }
}

void SampleMaker::assign_channels() {
  channels_.resize(atoms_.size());
  for (std::size_t i = 0; i < atoms_.size(); ++i) atoms_.flags[i] &= kIsPolymer;
  channel_map_.assign(atoms_.element, atoms_.flags, parameters_.other_elements, channels_);
}

}  // namespace mmgym
