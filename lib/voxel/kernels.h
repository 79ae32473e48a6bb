#pragma once

// SIMD functions of the Voxelizer. Each is compiled for every instruction set that Highway
// supports; the best one of the machine is chosen at run time. All do the same IEEE operations (no
// fused multiply-add, no approximate reciprocals) on each atom and write to the image in the order
// of the atoms, so all give the same bytes.

#include <cstddef>
#include <cstdint>

#include "voxel/atoms_view.h"
#include "voxel/ball_scratch.h"
#include "voxel/canvas.h"
#include "voxel/footprint.h"

namespace mmgym::kernels {

/// The most doubles in a vector, and the most floats. Arrays that vectors are stored to are padded
/// by as many.
inline constexpr std::size_t kMaxLanes = 8;
inline constexpr std::size_t kMaxFloatLanes = 16;

/// The number of atoms that are drawn together.
inline constexpr std::size_t kBlock = 512;

/// The transform from atom coordinates (Å) to coordinates relative to the image's center, and the
/// size of the image.
struct View {
  double rotation[9];     ///< row-major
  double translation[3];  ///< Å
  double half_edge_A;
  double resolution_A;
  int length_voxels;
};

/// Atoms that reach the image, in order, from one or several AtomsViews.
struct Block {
  static constexpr std::size_t kRoom = kBlock + kMaxFloatLanes;

  std::size_t count = 0;
  std::uint32_t group[kRoom];  ///< number of the AtomsView
  std::int64_t index[kRoom];   ///< into the AtomsView
  double x_A[kRoom];           ///< relative to the image's center
  double y_A[kRoom];
  double z_A[kRoom];
  float occupancy[kRoom];
  std::uint32_t channels[kRoom];  ///< that the image has, at least one
  double rho[kRoom];              ///< radius in voxels
  double scale[kRoom];            ///< value per volume in the voxel, with volumes in radius³
};

/// The reach of atoms: radius times `factor` if the AtomsView has radii, else `uniform_A`.
struct Reach {
  double uniform_A;
  double factor;
};

/// AtomRuns::kLength atoms of an AtomsView, of which the last run can have less.
struct Run {
  std::uint32_t group;  ///< number of the AtomsView
  std::uint32_t number;
};

/// Stores the runs of an AtomsView that may reach the image, in order, and loads their atoms into
/// the cache. Returns their number. `runs` has room for all runs of the view.
std::size_t find_runs(const View& view, const AtomsView& atoms, std::uint32_t group,
                      const Reach& reach, Run* runs);

/// Appends to `block` the atoms in these runs that are finite, have a channel of the mask
/// `channels`, and whose distance from the image's cube is less than their reach. The block has
/// room for all.
void cull(const View& view, const AtomsView* groups, const Run* runs, std::size_t count,
          const Reach& reach, std::uint32_t channels, Block& block);

/// Draws the atoms of a block as balls of the same radius, at most half a voxel: the fraction of
/// the ball in each voxel, times `scale` and the occupancy. Writes a footprint for each of them.
/// The image has at least two voxels along its edge.
void draw_small_balls(const View& view, double radius_A, double scale, const Canvas& canvas,
                      Block& block, Footprint* footprints);

/// The largest radius in voxels for draw_medium_balls.
inline constexpr double kMediumBall = 2.5;

/// Draws the atoms [first, end) of a block as balls of the radii `rho`: their volume in each voxel
/// times `scale`. Writes a footprint for each of them. Volumes have errors of about 1e-15 of the
/// ball's volume. With `floats` they have errors of up to 4e-7 of it, and take half of the time.
void draw_medium_balls(const View& view, const Canvas& canvas, const Block& block,
                       std::size_t first, std::size_t end, bool floats, Footprint* footprints);

/// Draws the atoms of a block as Fill::gaussian, with the radii `rho` and times `scale`, at the
/// centers of voxels less than kGaussianReach radii away. Values have errors of 2e-7. Writes a
/// footprint for each atom, without channels if there is no such voxel.
void draw_gaussians(const View& view, const Canvas& canvas, const Block& block,
                    Footprint* footprints);

/// A ball to draw.
struct Ball {
  double center_A[3];  ///< relative to the image's center
  double radius_A;
  double scale;            ///< value per volume in the voxel, with volumes in radius³
  std::uint32_t channels;  ///< bit c: channel c
};

/// Draws a ball of any radius and sets its footprint. Volumes have errors of about 1e-15 of the
/// ball's volume. Use draw_large_ball for balls much larger than voxels. Returns false, and draws
/// nothing, if no voxel is in its bounding box.
bool draw_ball(const View& view, const Ball& ball, const Canvas& canvas, BallScratch& scratch,
               Footprint& footprint);

}  // namespace mmgym::kernels
