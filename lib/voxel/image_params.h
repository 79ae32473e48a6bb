#pragma once

#include "settings/enum_names.h"
#include "voxel/grid.h"

namespace mmgym {

/// What an atom, times its occupancy, puts into a voxel.
enum class Fill {
  fraction_atom,   ///< the fraction of the atom's ball that is in the voxel
  fraction_voxel,  ///< the fraction of the voxel that the ball takes up
  overlap_A3,      ///< the volume they share, Å³
  nearest,         ///< 1 in the voxel of the atom's center (as ATOM3D does), whatever the radius
  /// At the voxel's center, d from the atom's: exp(-2 d²/r²) for d <= r, then
  /// (4 d²/r² - 12 d/r + 9) / e² to 1.5 r (as libmolgrid does).
  gaussian,
};

template <>
inline constexpr std::array<EnumName<Fill>, 5> kEnumNames<Fill> = {
    {{"fraction-atom", Fill::fraction_atom},
     {"fraction-voxel", Fill::fraction_voxel},
     {"overlap-A3", Fill::overlap_A3},
     {"nearest", Fill::nearest},
     {"gaussian", Fill::gaussian}}};
inline constexpr double kGaussianReach = 1.5;

/// How far from the center of an atom voxels may get something, in radii of the atom.
constexpr double reach_in_radii(Fill fill) { return fill == Fill::gaussian ? kGaussianReach : 1; }

/// What becomes of several atoms in one voxel.
enum class Aggregate { sum, max };

template <>
inline constexpr std::array<EnumName<Aggregate>, 2> kEnumNames<Aggregate> = {
    {{"sum", Aggregate::sum}, {"max", Aggregate::max}}};

/// The kind of image to draw.
struct ImageParams {
  Grid grid;
  int channels = 1;  ///< from 1 to 32
  Fill fill = Fill::fraction_atom;
  Aggregate aggregate = Aggregate::sum;

  static constexpr int kMaxChannels = 32;

  std::size_t image_size() const { return static_cast<std::size_t>(channels) * grid.voxels(); }
};

/// Throws UsageError, which says what is wrong, unless a grid of 1 to Grid::kMaxLength
/// voxels, a resolution of 1e-6 to 1e6 Å, a finite center and 1 to 32 channels are asked for.
void check(const ImageParams& params);

}  // namespace mmgym
