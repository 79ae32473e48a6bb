#pragma once

// What the Voxelizer asks of the SIMD code. Every function here is compiled for each instruction
// set that Highway knows, and the best one that the machine has is chosen at run time. All of them
// do the same IEEE operations (no fused multiply-add, no approximate reciprocals) on each atom, and
// touch the image in the order of the atoms, so all give the same bytes.

#include <cstddef>
#include <cstdint>

#include "voxel/atoms_view.h"
#include "voxel/ball_scratch.h"
#include "voxel/canvas.h"
#include "voxel/footprint.h"

namespace mmgym::kernels {

/// Vectors hold at most this many doubles; arrays that they are stored to have room for as many
/// more.
inline constexpr std::size_t kMaxLanes = 8;

/// As many atoms are culled before the survivors are drawn.
inline constexpr std::size_t kBlock = 512;

/// The way from atom coordinates (Å) to coordinates relative to the image's center, and the image.
struct View {
  double rotation[9];     ///< row-major
  double translation[3];  ///< Å
  double half_edge_A;
  double resolution_A;
  int length_voxels;
};

/// The atoms of a block that reach the image, in order.
struct Block {
  std::size_t count = 0;
  std::int64_t index[kBlock + kMaxLanes];  ///< into the AtomsView
  double x_A[kBlock + kMaxLanes];          ///< relative to the image's center
  double y_A[kBlock + kMaxLanes];
  double z_A[kBlock + kMaxLanes];
};

/// How far atoms reach: all of them `uniform_A`, or each its radius times `factor`.
struct Reach {
  double uniform_A;
  double factor;
};

/// Puts the atoms [begin, end) whose distance from the image's cube is less than their reach into
/// `block`. Requires end - begin <= kBlock. Atoms that are not finite are left out.
void cull(const View& view, const AtomsView& atoms, std::size_t begin, std::size_t end,
          const Reach& reach, Block& block);

/// Draws the atoms of a block as balls of the same radius, at most half a voxel: the fraction of
/// the ball in each voxel, times `scale` and the occupancy. Keeps in block.index the atoms that
/// have a channel, writes a footprint for each of them, and returns their number.
std::size_t draw_small_balls(const View& view, const AtomsView& atoms, double radius_A,
                             double scale, const Canvas& canvas, Block& block,
                             Footprint* footprints);

/// A ball to draw.
struct Ball {
  double center_A[3];  ///< relative to the image's center
  double radius_A;
  double scale;            ///< what a voxel gets per volume in it, in units of the radius cubed
  std::uint32_t channels;  ///< of the image
};

/// Draws a ball of any radius, and says where. Its volumes have errors of about 1e-15 of the
/// ball's, so it is not for balls that are large against the voxels: see draw_large_ball.
/// Returns false, and draws nothing, if no voxel is in its bounding box.
bool draw_ball(const View& view, const Ball& ball, const Canvas& canvas, BallScratch& scratch,
               Footprint& footprint);

}  // namespace mmgym::kernels
