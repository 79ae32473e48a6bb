#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "database/gym_reader.h"
#include "geometry/frame.h"
#include "sampling/tile_cache.h"
#include "voxel/images.h"

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
  Images images;                             // of each view

  // With SampleParameters::with_atoms only: the atoms drawn, view by view, and what they are in.
  std::vector<DrawnAtom> atoms;
  std::vector<AtomTilePtr> tiles;

  /// Stored coordinates to those of a view, 0 or 1.
  Frame frame_iv(int view) const { return view == 0 ? frame_ia : frame_ab * frame_ia; }
};

}  // namespace mmgym
