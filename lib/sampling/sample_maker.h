#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "base/stage_timer.h"
#include "database/gym_reader.h"
#include "sampling/frames.h"
#include "sampling/sample_parameters.h"
#include "sampling/tile_source.h"
#include "voxel/channels.h"
#include "voxel/voxelizer.h"

namespace mmgym {

/// An atom in a view.
struct DrawnAtom {
  std::uint8_t view;
  std::uint32_t tile;  // into Sample::tiles
  std::uint32_t atom;  // of that tile
};

struct Sample {
  std::uint64_t index = 0;
  ZoneInfo zone;
  Frame frame_ia = Frame::Identity();
  Frame frame_ab = Frame::Identity();        // neighbor task only
  int label = 0;                             // neighbor task only
  std::array<std::size_t, 2> atoms_drawn{};  // in each view
  /// Views, channels, x, y, z; C order.
  std::vector<float> images;

  // With SampleParameters::with_atoms only: the atoms drawn, view by view, and what they are in.
  std::vector<DrawnAtom> atoms;
  std::vector<AtomTilePtr> tiles;

  /// Stored coordinates to those of a view, 0 or 1.
  Frame frame_iv(int view) const { return view == 0 ? frame_ia : frame_ab * frame_ia; }
};

/// What the tile caches of a whole program may take together, if nothing else is said.
inline constexpr std::size_t kDefaultTileCacheBytes = std::size_t{128} << 20;

/// Makes samples from a database. One belongs to one thread; many may share a cache of tiles.
class SampleMaker {
 public:
  /// `zone_ids`, which must outlive the maker, are the zones that samples are taken from: sample i
  /// from zone_ids[i % size]. `cache` serves makers of equal parameters. Throws what GymReader and
  /// ChannelMap throw, and UsageError where the parameters do not fit together.
  SampleMaker(
      const std::filesystem::path& database, std::span<const std::int64_t> zone_ids,
      const SampleParameters& parameters,
      std::shared_ptr<TileCache> cache = std::make_shared<TileCache>(kDefaultTileCacheBytes),
      NeighborLookup neighbor_lookup = NeighborLookup::index);
  SampleMaker(const SampleMaker&) = delete;
  SampleMaker& operator=(const SampleMaker&) = delete;

  /// Makes sample `index`, reusing the memory that `sample` has. If `times` is given, counts the
  /// time of each stage that it is made of.
  void make(std::uint64_t index, Sample& sample, StageTimes* times = nullptr);

  int channels() const { return channel_map_.channels(); }

 private:
  void place_views(std::uint64_t index, Sample& sample, StageTimes* times);
  void read_tiles(std::int64_t assembly_id, const Frame& frame_iv, StageTimes* times);
  void draw(int view, Sample& sample);

  SampleParameters parameters_;
  std::span<const std::int64_t> zone_ids_;
  GymReader reader_;
  NeighborFrameMaker frames_;
  ChannelMap channel_map_;
  ImageParams image_;
  Voxelizer voxelizer_;
  TileSource tile_source_;

  // Kept from sample to sample, so that nothing is allocated once they have grown.
  std::vector<int> neighbors_;
  std::vector<AtomTilePtr> tiles_;
  std::vector<std::size_t> drawn_;
};

}  // namespace mmgym
