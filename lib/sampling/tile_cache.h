#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "database/tile_codec.h"
#include "voxel/atom_runs.h"

namespace mmgym {

/// The atoms of a tile, ready to be drawn.
struct AtomTile {
  DrawingAtoms atoms;
  std::vector<std::uint32_t> channels;  // of each atom
  std::vector<float> radius_A;          // of each atom; empty if all have the same
  AtomAnnotations annotations;          // empty without SampleParameters::with_atoms
  AtomRuns runs;

  /// Returns its approximate memory.
  std::size_t bytes() const;
};
using AtomTilePtr = std::shared_ptr<const AtomTile>;

struct TileKey {
  std::int64_t assembly_id;
  Eigen::Vector3i tile;

  bool operator==(const TileKey&) const = default;
};

/// Keeps recently used tiles, up to a memory limit, for all threads. A small database fits
/// completely. For a large one, where samples use different tiles, the cache mainly serves the two
/// views of a sample.
///
/// Tiles are removed in the order in which they were added, but one that was used since then, or
/// since it was last spared, is spared once. This takes less time than the exact order of use: a
/// look-up reads and writes few places in memory, which are seldom in the processor's cache.
class TileCache {
 public:
  explicit TileCache(std::size_t capacity_bytes);

  /// Returns the tile if it is cached. nullptr is a tile that is known to be empty.
  std::optional<AtomTilePtr> find(const TileKey& key);

  /// Adds a tile and removes others beyond the limit.
  void insert(const TileKey& key, AtomTilePtr tile);

 private:
  struct Hash {
    std::size_t operator()(const TileKey& key) const;
  };
  struct Entry {
    AtomTilePtr tile;
    bool used = false;
  };
  /// A part of the tiles with its own lock, so that threads seldom wait for each other.
  struct Part {
    std::mutex mutex;
    std::unordered_map<TileKey, Entry, Hash> entries;
    std::deque<TileKey> order;  // the next to remove first
    std::size_t bytes = 0;
  };
  static constexpr std::size_t kParts = 32;

  Part& part_of(const TileKey& key) { return parts_[Hash()(key) % kParts]; }

  std::size_t part_capacity_;
  std::array<Part, kParts> parts_;
};

}  // namespace mmgym
