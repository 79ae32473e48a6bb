#include "sampling/view_drawer.h"

#include <fmt/format.h>

#include <new>
#include <utility>

#include "base/errors.h"
#include "base/machine_memory.h"
#include "geometry/cell_list.h"
#include "sampling/image_memory.h"

namespace mmgym {
namespace {

void check_atom_list(const SampleParameters& parameters) {
  if (parameters.normalized())
    throw UsageError("atoms are not normalized; normalize images when they are drawn");
  if (parameters.atom_radius.van_der_waals)
    throw UsageError(
        "--atom-radius vdw: a list of atoms has no radii; give one radius for all atoms");
}

/// Returns the distance from its center up to which an atom adds to voxels.
double reach_A(const SampleParameters& parameters) {
  return parameters.atom_radius.largest_A(parameters.resolution_A) *
         reach_in_radii(parameters.fill);
}

/// Throws UsageError for an image that is larger than any structure: to look for its atoms takes
/// forever.
void check_extent(const SampleParameters& parameters) {
  constexpr double kMost_A = 10'000;
  const double extent_A = parameters.edge_A() + 2 * reach_A(parameters);
  if (extent_A > kMost_A)
    throw UsageError(fmt::format(
        "an image and the atoms that reach into it extend over {:g} A, more than {:g} A; "
        "choose a smaller --grid, --resolution or --atom-radius",
        extent_A, kMost_A));
}

}  // namespace

ImageParams image_params(const SampleParameters& parameters, int channels) {
  ImageParams image;
  image.grid.length_voxels = parameters.length_voxels;
  image.grid.resolution_A = parameters.resolution_A;
  image.channels = channels;
  image.fill = parameters.fill;
  image.aggregate = parameters.aggregate;
  check(image);
  return image;
}

ViewDrawer::ViewDrawer(GymReader& reader, const SampleParameters& parameters,
                       std::shared_ptr<TileCache> cache)
    : parameters_(parameters),
      channel_map_(parameters.channels, parameters.ligand_channel),
      image_(image_params(parameters, channel_map_.channels())),
      voxelizer_(image_, parameters.atom_radius.largest_A(parameters.resolution_A)),
      tile_source_(reader, std::move(cache), channel_map_, parameters) {
  check_image_memory(parameters, channels(), 1, machine_memory());
  check_extent(parameters);
  if (parameters.with_atom_list) check_atom_list(parameters);
  if (parameters.normalized())
    check_normalization(channels(), parameters.channel_mean, parameters.channel_std);
}

void ViewDrawer::draw(Sample& sample, StageTimes* times) {
  sample.atoms.clear();
  sample.tiles.clear();
  sample.atom_list.clear();
  for (int view = 0; view < parameters_.views(); ++view) {
    {
      const StageTimer stage(times, Stage::read_atoms);
      read_tiles(sample.zone.assembly_id, sample.frame_iv(view), times);
    }
    const StageTimer stage(times, Stage::draw_views);
    if (view == 0 && parameters_.with_images) reset_images(sample.images);
    draw_view(view, sample);
  }
}

void ViewDrawer::reset_images(Images& images) {
  try {
    images.reset(image_, parameters_.views());
  } catch (const std::bad_alloc&) {
    check_image_memory(parameters_, channels(), 1, 0);
    throw;
  }
}

void ViewDrawer::read_tiles(std::int64_t assembly_id, const Frame& frame_iv, StageTimes* times) {
  tiles_.clear();
  const double half_edge_A = parameters_.edge_A() / 2 + reach_A(parameters_);
  const Eigen::Vector3d center_i = frame_origin(frame_iv);
  const Eigen::Array3d extent_i =
      frame_iv.linear().cwiseAbs().colwise().sum().transpose().array() * half_edge_A;
  const Eigen::Vector3i first = cell_of(center_i.array() - extent_i, kAtomTileEdge_A);
  const Eigen::Vector3i last = cell_of(center_i.array() + extent_i, kAtomTileEdge_A);
  // A tile is a cube in stored coordinates, and the image is a cube in the view's coordinates.
  // Tiles completely beyond a face of the image are not needed.
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
      // The needed tiles of a column are contiguous.
      int low = first.z();
      int high = last.z();
      while (low <= high && !is_needed(x, y, low)) ++low;
      while (low <= high && !is_needed(x, y, high)) --high;
      if (low <= high) tile_source_.read_column(assembly_id, x, y, low, high, tiles_, times);
    }
}

void ViewDrawer::draw_view(int view, Sample& sample) {
  atoms_.clear();
  for (const AtomTilePtr& tile : tiles_) {
    AtomsView& atoms = atoms_.emplace_back();
    atoms.count = tile->atoms.size();
    atoms.x_A = tile->atoms.x_A.data();
    atoms.y_A = tile->atoms.y_A.data();
    atoms.z_A = tile->atoms.z_A.data();
    atoms.occupancy = tile->atoms.occupancy.data();
    atoms.channels = tile->channels.data();
    if (!tile->radius_A.empty()) atoms.radius_A = tile->radius_A.data();
    atoms.runs = &tile->runs;
  }
  drawn_.clear();
  sample.atoms_drawn[static_cast<std::size_t>(view)] = place(view, sample);
  std::size_t group = tiles_.size();  // of the last tile in sample.tiles
  for (const auto& [drawn_group, atom] : drawn_) {
    if (drawn_group != group) {
      group = drawn_group;
      sample.tiles.push_back(tiles_[group]);
    }
    sample.atoms.push_back({static_cast<std::uint8_t>(view),
                            static_cast<std::uint32_t>(sample.tiles.size() - 1),
                            static_cast<std::uint32_t>(atom)});
  }
  if (parameters_.normalized() && parameters_.with_images)
    sample.images.normalize(view, parameters_.channel_mean, parameters_.channel_std);
}

std::size_t ViewDrawer::place(int view, Sample& sample) {
  const Frame frame_iv = sample.frame_iv(view);
  auto* drawn = parameters_.with_atoms ? &drawn_ : nullptr;
  std::size_t count = 0;
  if (parameters_.with_images)
    count = voxelizer_.draw(atoms_, frame_iv, sample.images.image(view),
                            &sample.images.footprints(view),
                            parameters_.with_atom_list ? nullptr : drawn);
  if (parameters_.with_atom_list)
    count =
        voxelizer_.list(atoms_, frame_iv, static_cast<std::uint8_t>(view), sample.atom_list, drawn);
  return count;
}

}  // namespace mmgym
