#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "geometry/frame.h"
#include "voxel/atoms_view.h"
#include "voxel/ball_scratch.h"
#include "voxel/footprint.h"
#include "voxel/image_params.h"
#include "voxel/kernels.h"

namespace mmgym {

/// Draws atoms as balls to images of one kind. See overlap.h for the formulas, grid.h and
/// image_params.h for what an image is. The same atoms, in the same order, give the same bytes on
/// every machine.
///
/// One thread at a time may use a Voxelizer; give each its own. After the first images, nothing is
/// allocated for atoms or images any more.
///
///   Voxelizer voxelizer(params, default_radius_A(params.grid));
///   std::vector<float> image(params.image_size());    // zeros
///   for (...) {
///     voxelizer.draw(atoms, frame, image);            // once per tile of atoms
///     ... use the image ...
///     voxelizer.erase_drawn(image);                   // zeros again
///   }
class Voxelizer {
 public:
  /// `radius_A` is the radius of the atoms whose AtomsView has no radii.
  /// Throws std::invalid_argument if the parameters are not in order (see check), or unless the
  /// radius is a finite number of at least 1e-6 Å.
  Voxelizer(const ImageParams& params, double radius_A);

  const ImageParams& params() const { return params_; }

  /// Adds atoms, at frame * (x, y, z), to `image`, which holds params().image_size() zeros or what
  /// was drawn before. Returns how many of them are in the image: those that have a channel, and
  ///   - for the fractions and the overlap: whose ball and the image's cube overlap (the distance
  ///     from center to cube is less than the radius),
  ///   - for nearest: whose center is in a voxel,
  ///   - for gaussian: that are less than 1.5 radii from the center of a voxel.
  /// Their occupancy may be 0. If `drawn` is given, their indices are appended to it, in order.
  /// Atoms with coordinates or radii that are not finite, or with a radius of 0 or less, are left
  /// out. Throws std::invalid_argument if the image is of another size.
  std::size_t draw(const AtomsView& atoms, const Frame& frame, std::span<float> image,
                   std::vector<std::size_t>* drawn = nullptr);

  /// Sets the whole image to zero, and starts anew.
  void clear(std::span<float> image);

  /// Sets to zero what has been drawn since the last clear, erase_drawn or forget_drawn: the same
  /// as clear, for the one image that was drawn to since then, but only touches the voxels of its
  /// atoms where these are few.
  void erase_drawn(std::span<float> image);

  /// Starts anew, for an image of zeros that comes from elsewhere, and leaves this one as it is.
  void forget_drawn();

  /// Replaces each voxel x of channel c by (x - mean[c]) / std[c]. The image is finished then: it
  /// can be erased, but not drawn to. Throws std::invalid_argument unless there are as many finite
  /// means and finite positive standard deviations as channels.
  void normalize(std::span<float> image, std::span<const float> mean, std::span<const float> std);

 private:
  void require_size(std::span<const float> image) const;
  kernels::View view_from(const Frame& frame) const;
  kernels::Reach reach() const;
  std::size_t paint(const AtomsView& atoms, const kernels::View& view,
                    const kernels::Canvas& canvas, Footprint* footprints);
  bool paint_one(const kernels::View& view, const kernels::Canvas& canvas, kernels::Ball& ball,
                 double occupancy, Footprint& footprint);

  ImageParams params_;
  double radius_A_;
  std::vector<Footprint> footprints_;  // of what was drawn
  bool normalized_ = false;
  kernels::Block block_;
  std::vector<float> row_;
  std::optional<BallScratch> scratch_;  // made when the first ball needs it
};

}  // namespace mmgym
