#include "sampling/tile_cache.h"

#include "geometry/cell_list.h"

namespace mmgym {
namespace {

/// Memory of a tile besides its atoms: the entry, its nodes in map and queue, and vectors.
constexpr std::size_t kEntryBytes = 400;

std::size_t bytes_of(const AtomTilePtr& tile) {
  return kEntryBytes + (tile == nullptr ? 0 : tile->bytes());
}

}  // namespace

std::size_t AtomTile::bytes() const {
  constexpr std::size_t kAtom = 3 * sizeof(double) + sizeof(float) + sizeof(Element) + 1 + 4;
  constexpr std::size_t kAnnotation = sizeof(std::uint32_t) + sizeof(std::string) + 1 + 4;
  return channels.capacity() * kAtom + runs.bytes() + radius_A.capacity() * sizeof(float) +
         annotations.residue.capacity() * kAnnotation +
         annotations.residues.capacity() * sizeof(AnnotatedResidue);
}

TileCache::TileCache(std::size_t capacity_bytes) : part_capacity_(capacity_bytes / kParts) {}

std::size_t TileCache::Hash::operator()(const TileKey& key) const {
  std::uint64_t bits = cell_key(key.tile) ^ static_cast<std::uint64_t>(key.assembly_id) << 40;
  bits = (bits ^ bits >> 32) * 0x9e3779b97f4a7c15;
  return bits >> 20;
}

std::optional<AtomTilePtr> TileCache::find(const TileKey& key) {
  Part& part = part_of(key);
  const std::lock_guard guard(part.mutex);
  const auto found = part.entries.find(key);
  if (found == part.entries.end()) return std::nullopt;
  found->second.used = true;
  return found->second.tile;
}

void TileCache::insert(const TileKey& key, AtomTilePtr tile) {
  Part& part = part_of(key);
  const std::lock_guard guard(part.mutex);
  // Another thread may have inserted it since find().
  if (part.entries.contains(key)) return;
  part.bytes += bytes_of(tile);
  while (part.bytes > part_capacity_ && !part.order.empty()) {
    const TileKey oldest = part.order.front();
    part.order.pop_front();
    const auto entry = part.entries.find(oldest);
    if (entry->second.used) {
      entry->second.used = false;
      part.order.push_back(oldest);
      continue;
    }
    part.bytes -= bytes_of(entry->second.tile);
    part.entries.erase(entry);
  }
  part.entries.emplace(key, Entry{std::move(tile)});
  part.order.push_back(key);
}

}  // namespace mmgym
