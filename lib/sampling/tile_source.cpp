#include "sampling/tile_source.h"

#include <algorithm>
#include <utility>

namespace mmgym {

TileSource::TileSource(GymReader& reader, std::shared_ptr<TileCache> cache,
                       const ChannelMap& channels, const SampleParameters& parameters)
    : reader_(reader),
      cache_(std::move(cache)),
      channels_(channels),
      other_elements_(parameters.other_elements),
      van_der_waals_(parameters.atom_radius.van_der_waals),
      annotated_(parameters.with_atoms) {}

void TileSource::read_column(std::int64_t assembly_id, int x, int y, int z_first, int z_last,
                             std::vector<AtomTilePtr>& tiles, StageTimes* times) {
  column_.clear();
  int first_missing = z_last + 1;
  int last_missing = z_first - 1;
  for (int z = z_first; z <= z_last; ++z) {
    column_.push_back(cache_->find({assembly_id, {x, y, z}}));
    if (column_.back()) continue;
    first_missing = std::min(first_missing, z);
    last_missing = z;
  }
  if (first_missing <= last_missing) {
    reader_.read_column(assembly_id, x, y, first_missing, last_missing,
                        [&](int z, std::span<const std::uint8_t> blob) {
                          auto& tile = column_[static_cast<std::size_t>(z - z_first)];
                          if (!tile) tile = decode({assembly_id, {x, y, z}}, blob, times);
                        });
    for (int z = first_missing; z <= last_missing; ++z) {
      auto& tile = column_[static_cast<std::size_t>(z - z_first)];
      if (!tile) tile = nullptr;
      cache_->insert({assembly_id, {x, y, z}}, *tile);
    }
  }
  for (auto& tile : column_)
    if (*tile != nullptr) tiles.push_back(std::move(*tile));
}

AtomTilePtr TileSource::decode(const TileKey& key, std::span<const std::uint8_t> blob,
                               StageTimes* times) {
  auto tile = std::make_shared<AtomTile>();
  try {
    decode_drawing(key.tile, blob, tile->atoms);
  } catch (const DamagedTile& error) {
    reader_.fail_tile(key.assembly_id, key.tile, error.what());
  }
  const std::size_t count = tile->atoms.size();
  tile->runs = AtomRuns(tile->atoms.x_A, tile->atoms.y_A, tile->atoms.z_A);
  {
    const StageTimer stage(times, Stage::channels);
    is_polymer_.resize(count);
    for (std::size_t i = 0; i < count; ++i) is_polymer_[i] = tile->atoms.flags[i] & kIsPolymer;
    tile->channels.resize(count);
    channels_.assign(tile->atoms.element, is_polymer_, other_elements_, tile->channels);
  }
  if (van_der_waals_) {
    tile->radius_A.resize(count);
    std::ranges::transform(tile->atoms.element, tile->radius_A.begin(), van_der_waals_radius_A);
  }
  if (!annotated_) return tile;
  reader_.read_annotation(key.assembly_id, key.tile, tile->annotations);
  if (tile->annotations.size() != count)
    reader_.fail_tile(key.assembly_id, key.tile, "its annotation has another number of atoms");
  return tile;
}

}  // namespace mmgym
