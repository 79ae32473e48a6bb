#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/stage_timer.h"
#include "database/gym_reader.h"
#include "sampling/sample.h"
#include "sampling/sample_parameters.h"
#include "sampling/tile_source.h"
#include "voxel/channels.h"
#include "voxel/image_params.h"
#include "voxel/voxelizer.h"

namespace mmgym {

/// Returns the kind of image of samples with these parameters. Throws UsageError (check).
ImageParams image_params(const SampleParameters& parameters, int channels);

/// Draws the atoms of a database to the views of samples. Use one per thread; drawers may share a
/// tile cache.
class ViewDrawer {
 public:
  /// The reader must outlive the drawer. Only drawers of equal parameters may share a `cache`.
  /// Throws like ChannelMap, and UsageError if the parameters are inconsistent or the images of one
  /// sample need more memory than the machine has.
  ViewDrawer(GymReader& reader, const SampleParameters& parameters,
             std::shared_ptr<TileCache> cache);
  ViewDrawer(const ViewDrawer&) = delete;
  ViewDrawer& operator=(const ViewDrawer&) = delete;

  /// Draws the views of a sample whose zone and frames are set. Sets its images and drawn atoms,
  /// and reuses its memory. Adds Stage::read_atoms, Stage::channels and Stage::draw_views to
  /// `times`, if given. Throws like TileSource, and UsageError if there is no memory for the
  /// images.
  void draw(Sample& sample, StageTimes* times = nullptr);

  int channels() const { return image_.channels; }

 private:
  void read_tiles(std::int64_t assembly_id, const Frame& frame_iv, StageTimes* times);
  void reset_images(Images& images);
  void draw_view(int view, Sample& sample);
  /// Draws and lists the atoms of tiles_, and sets drawn_. Returns the number of atoms in the view.
  std::size_t place(int view, Sample& sample);

  SampleParameters parameters_;
  ChannelMap channel_map_;
  ImageParams image_;
  Voxelizer voxelizer_;
  TileSource tile_source_;

  // Members to reuse their memory from sample to sample.
  std::vector<AtomTilePtr> tiles_;
  std::vector<AtomsView> atoms_;  // of tiles_
  std::vector<Voxelizer::AtomId> drawn_;
};

}  // namespace mmgym
