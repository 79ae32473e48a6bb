#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "database/tile_codec.h"

namespace mmgym {

/// The atoms of a tile, ready to be drawn.
struct AtomTile {
  DrawingAtoms atoms;
  std::vector<std::uint32_t> channels;  // of each atom
  std::vector<float> radius_A;          // of each atom; empty if all have the same
  AtomAnnotations annotations;          // empty unless asked for

  /// The memory it takes, about.
  std::size_t bytes() const;
};
using AtomTilePtr = std::shared_ptr<const AtomTile>;

struct TileKey {
  std::int64_t assembly_id;
  Eigen::Vector3i tile;

  bool operator==(const TileKey&) const = default;
};

/// Keeps the tiles that were used last, up to a limit of memory, for all threads together. A small
/// database fits in as a whole; in a large one, of which each sample needs another part, it serves
/// the two views of a sample and little more.
class TileCache {
 public:
  explicit TileCache(std::size_t capacity_bytes);

  /// The tile, if it is here. A tile that is known to be empty is a nullptr.
  std::optional<AtomTilePtr> find(const TileKey& key);

  /// Adds a tile in place of those unused for longest.
  void insert(const TileKey& key, AtomTilePtr tile);

 private:
  struct Hash {
    std::size_t operator()(const TileKey& key) const;
  };
  struct Entry {
    TileKey key;
    AtomTilePtr tile;
  };
  /// A share of the tiles, so that threads seldom wait for one another.
  struct Part {
    std::mutex mutex;
    std::list<Entry> entries;  // the last used first
    std::unordered_map<TileKey, std::list<Entry>::iterator, Hash> by_key;
    std::size_t bytes = 0;
  };
  static constexpr std::size_t kParts = 32;

  Part& part_of(const TileKey& key) { return parts_[Hash()(key) % kParts]; }

  std::size_t part_capacity_;
  std::array<Part, kParts> parts_;
};

}  // namespace mmgym
