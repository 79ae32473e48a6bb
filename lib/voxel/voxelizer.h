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
///   Voxelizer voxelizer(params, radius_A);
///   std::vector<float> image(params.image_size());       // zeros
///   std::vector<Footprint> footprints;
///   for (...) {
///     voxelizer.draw(atoms, frame, image, &footprints);  // once per tile of atoms
///     ... use the image ...
///     erase(params, image, footprints);                  // zeros again
///     footprints.clear();
///   }
class Voxelizer {
 public:
  /// `radius_A` is the radius of the atoms whose AtomsView has no radii.
  /// Throws UsageError if the parameters are not in order (see check), or unless the radius is a
  /// finite number of at least 1e-6 Å.
  Voxelizer(const ImageParams& params, double radius_A);

  /// Adds atoms, at frame * (x, y, z), to `image`, which holds params().image_size() zeros or what
  /// was drawn before. Returns how many of them are in the image: those that have a channel, and
  ///   - for the fractions and the overlap: whose ball and the image's cube overlap (the distance
  ///     from center to cube is less than the radius),
  ///   - for nearest: whose center is in a voxel,
  ///   - for gaussian: that are less than 1.5 radii from the center of a voxel.
  /// Their occupancy may be 0. If `footprints` and `drawn` are given, the places where these atoms
  /// were drawn and their indices are appended to them, in order.
  /// Atoms with coordinates or radii that are not finite, or with a radius of 0 or less, are left
  /// out. Throws std::invalid_argument if the image is of another size.
  std::size_t draw(const AtomsView& atoms, const Frame& frame, std::span<float> image,
                   std::vector<Footprint>* footprints = nullptr,
                   std::vector<std::size_t>* drawn = nullptr);

 private:
  kernels::View view_from(const Frame& frame) const;
  kernels::Reach reach() const;
  std::size_t paint(const AtomsView& atoms, const kernels::View& view,
                    const kernels::Canvas& canvas, Footprint* footprints);
  bool paint_one(const kernels::View& view, const kernels::Canvas& canvas, kernels::Ball& ball,
                 double occupancy, Footprint& footprint);

  ImageParams params_;
  double radius_A_;
  kernels::Block block_;
  std::vector<float> row_;
  std::vector<Footprint> unwanted_;     // of a block, where the caller takes none
  std::optional<BallScratch> scratch_;  // made when the first ball needs it
};

}  // namespace mmgym
