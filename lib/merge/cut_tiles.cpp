#include "merge/cut_tiles.h"

#include <unordered_map>
#include <utility>

#include "build/zone_surroundings.h"
#include "database/tile_codec.h"

namespace mmgym {
namespace {

/// Atoms of a tile to keep, by number, and their flags.
struct Kept {
  std::vector<std::size_t> atoms;
  std::vector<std::uint8_t> flags;
};

DrawingAtoms drawing_of(const DrawingAtoms& all, const Kept& kept) {
  DrawingAtoms atoms;
  for (const std::size_t i : kept.atoms) {
    atoms.x_A.push_back(all.x_A[i]);
    atoms.y_A.push_back(all.y_A[i]);
    atoms.z_A.push_back(all.z_A[i]);
    atoms.occupancy.push_back(all.occupancy[i]);
    atoms.element.push_back(all.element[i]);
  }
  atoms.flags = kept.flags;
  return atoms;
}

/// Residues are in the order of their first atoms, as in a tile that is built.
AtomAnnotations annotations_of(const AtomAnnotations& all, const Kept& kept) {
  AtomAnnotations atoms;
  std::unordered_map<std::uint32_t, std::uint32_t> number_of;
  for (const std::size_t i : kept.atoms) {
    const auto [found, is_new] =
        number_of.try_emplace(all.residue[i], static_cast<std::uint32_t>(atoms.residues.size()));
    if (is_new) atoms.residues.push_back(all.residues[all.residue[i]]);
    atoms.residue.push_back(found->second);
    atoms.name.push_back(all.name[i]);
    atoms.alt_id.push_back(all.alt_id[i]);
    atoms.b_factor.push_back(all.b_factor[i]);
  }
  return atoms;
}

}  // namespace

std::vector<TileRow> cut_tiles(std::vector<TileRow>&& tiles,
                               std::span<const Eigen::Vector3d> zone_centers_A,
                               double inclusion_radius_A, double boundary_depth_A) {
  const ZoneSurroundings surroundings(zone_centers_A, inclusion_radius_A, boundary_depth_A);
  std::uint32_t last_zone = 0;
  std::vector<TileRow> result;
  for (TileRow& tile : tiles) {
    DrawingAtoms drawing;
    decode_drawing(tile.tile, tile.drawing, drawing);
    Kept kept;
    for (std::size_t i = 0; i < drawing.size(); ++i) {
      const auto place =
          surroundings.place_of({drawing.x_A[i], drawing.y_A[i], drawing.z_A[i]}, last_zone);
      if (place == ZoneSurroundings::Place::outside) continue;
      kept.atoms.push_back(i);
      kept.flags.push_back(
          static_cast<std::uint8_t>((drawing.flags[i] & ~kOutOfBounds) |
                                    (place == ZoneSurroundings::Place::inside ? 0 : kOutOfBounds)));
    }
    if (kept.atoms.empty()) continue;
    if (kept.atoms.size() < drawing.size()) {
      AtomAnnotations annotations;
      decode_annotation(tile.annotation, annotations);
      if (annotations.size() != drawing.size())
        throw DamagedTile("a tile has other atoms than its annotation");
      tile.annotation = encode_annotation(annotations_of(annotations, kept));
    }
    if (kept.flags != drawing.flags)
      tile.drawing = encode_drawing(tile.tile, drawing_of(drawing, kept));
    result.push_back(std::move(tile));
  }
  return result;
}

}  // namespace mmgym
