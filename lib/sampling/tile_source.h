#pragma once

#include <memory>
#include <vector>

#include "base/stage_timer.h"
#include "database/gym_reader.h"
#include "sampling/sample_parameters.h"
#include "sampling/tile_cache.h"
#include "voxel/channels.h"

namespace mmgym {

/// Reads tiles of atoms from a cache or the database. Use one per thread.
class TileSource {
 public:
  /// The reader and the channels must outlive the source. Only sources of equal parameters may
  /// share a cache. With parameters.with_atoms, tiles include annotations.
  TileSource(GymReader& reader, std::shared_ptr<TileCache> cache, const ChannelMap& channels,
             const SampleParameters& parameters);

  /// Appends the nonempty tiles (x, y, z_first ... z_last) in order. Adds Stage::channels to
  /// `times`, if given. Throws DatabaseError if a tile is damaged, and like ChannelMap::assign.
  void read_column(std::int64_t assembly_id, int x, int y, int z_first, int z_last,
                   std::vector<AtomTilePtr>& tiles, StageTimes* times = nullptr);

 private:
  AtomTilePtr decode(const TileKey& key, std::span<const std::uint8_t> blob, StageTimes* times);

  GymReader& reader_;
  std::shared_ptr<TileCache> cache_;
  const ChannelMap& channels_;
  OtherElements other_elements_;
  bool van_der_waals_;
  bool annotated_;
  std::vector<std::uint8_t> is_polymer_;
  std::vector<std::optional<AtomTilePtr>> column_;
};

}  // namespace mmgym
