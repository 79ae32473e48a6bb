#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "database/gym_reader.h"
#include "geometry/frame.h"
#include "sampling/tile_cache.h"
#include "voxel/atom_list.h"
#include "voxel/images.h"

namespace mmgym {

/// An atom in a view.
struct DrawnAtom {
  std::uint8_t view;
  std::uint32_t tile;  // index into Sample::tiles
  std::uint32_t atom;  // index into the tile
};

struct Sample {
  std::uint64_t index = 0;
  ZoneInfo zone;
  Frame frame_ia = Frame::Identity();
  Frame frame_ab = Frame::Identity();        // neighbor task only
  int label = 0;                             // neighbor task only
  std::array<std::size_t, 2> atoms_drawn{};  // by view
  Images images;                             // one per view; with SampleParameters::with_images
  AtomList atom_list;                        // with SampleParameters::with_atom_list

  // With SampleParameters::with_atoms only: the atoms drawn, by view, and their tiles.
  std::vector<DrawnAtom> atoms;
  std::vector<AtomTilePtr> tiles;

  /// Returns the transform from stored coordinates to view 0 or 1.
  Frame frame_iv(int view) const { return view == 0 ? frame_ia : frame_ab * frame_ia; }
};

}  // namespace mmgym
