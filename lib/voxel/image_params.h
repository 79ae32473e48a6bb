#pragma once

#include "settings/enum_names.h"
#include "voxel/grid.h"

namespace mmgym {

/// The value that an atom of occupancy 1 adds to a voxel.
enum class Fill {
  fraction_atom,   ///< the fraction of the atom's ball that is in the voxel
  fraction_voxel,  ///< the fraction of the voxel that is in the ball
  overlap_A3,      ///< the volume of the overlap of ball and voxel, Å³
  nearest,         ///< 1 in the voxel of the atom's center, for any radius (as in ATOM3D)
  /// With d the distance between the centers of voxel and atom: exp(-2 d²/r²) for d <= r, and (4
  /// d²/r² - 12 d/r + 9) / e² for r < d < 1.5 r (as in libmolgrid).
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

/// Returns the distance up to which an atom adds to voxels, in radii of the atom.
constexpr double reach_in_radii(Fill fill) { return fill == Fill::gaussian ? kGaussianReach : 1; }

/// How the values of several atoms in one voxel are combined.
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

/// Throws UsageError unless the grid has 1 to Grid::kMaxLength voxels along its edge, a resolution
/// of 1e-6 to 1e6 Å and a finite center, and the image has 1 to 32 channels.
void check(const ImageParams& params);

}  // namespace mmgym
