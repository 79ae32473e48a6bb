#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geometry/frame.h"
#include "voxel/atom_list.h"
#include "voxel/atoms_view.h"
#include "voxel/ball_scratch.h"
#include "voxel/footprint.h"
#include "voxel/image_params.h"
#include "voxel/kernels.h"

namespace mmgym {

/// Draws atoms as balls to images of one kind. See overlap.h for the formulas, and grid.h and
/// image_params.h for images. The same atoms in the same order give the same bytes on every
/// machine. Voxels have errors of up to 4e-7 of a ball.
///
/// A Voxelizer is not thread-safe; use one per thread. After the first images, drawing allocates no
/// memory.
///
///   Voxelizer voxelizer(params, radius_A);
///   std::vector<float> image(params.image_size());       // zeros
///   std::vector<Footprint> footprints;
///   for (...) {
///     voxelizer.draw(tiles, frame, image, &footprints);  // all atoms at once is fastest
///     ... use the image ...
///     erase(params, image, footprints);                  // zeros again
///     footprints.clear();
///   }
class Voxelizer {
 public:
  /// `radius_A` is the radius of atoms if their AtomsView has no radii. Throws UsageError if the
  /// parameters are invalid (see check) or the radius is not a finite number of at least 1e-6 Å.
  Voxelizer(const ImageParams& params, double radius_A);

  /// An atom of one of several AtomsViews.
  struct AtomId {
    std::uint32_t group;  ///< the number of the AtomsView
    std::size_t atom;     ///< in the AtomsView
    bool operator==(const AtomId&) const = default;
  };

  /// Adds atoms, at frame * (x, y, z), to `image`, which has ImageParams::image_size() voxels:
  /// zeros, or atoms drawn before. The frame is rigid. Returns the number of atoms in the image.
  /// They have a channel, and
  ///   - for the fractions and the overlap: their ball overlaps the image's cube (the distance from
  ///     center to cube is less than the radius),
  ///   - for nearest: their center is in a voxel,
  ///   - for gaussian: they are less than 1.5 radii from the center of a voxel.
  /// Their occupancy may be 0. Appends the footprints and ids of these atoms to `footprints` and
  /// `drawn`, if given, in order. Skips atoms with coordinates or radii that are not finite, or
  /// with a radius of 0 or less. Throws std::invalid_argument if the image has another size.
  std::size_t draw(std::span<const AtomsView> groups, const Frame& frame, std::span<float> image,
                   std::vector<Footprint>* footprints = nullptr,
                   std::vector<AtomId>* drawn = nullptr);
  std::size_t draw(const AtomsView& atoms, const Frame& frame, std::span<float> image,
                   std::vector<Footprint>* footprints = nullptr,
                   std::vector<AtomId>* drawn = nullptr) {
    return draw(std::span(&atoms, 1), frame, image, footprints, drawn);
  }

  /// Lists the atoms whose ball overlaps the image's cube (for gaussian: 1.5 times the ball) and
  /// that have a channel, as atoms of `view`. Draws nothing. Returns the number of atoms. Appends
  /// their ids to `listed`, if given, in order.
  std::size_t list(std::span<const AtomsView> groups, const Frame& frame, std::uint8_t view,
                   AtomList& list, std::vector<AtomId>* listed = nullptr);

 private:
  kernels::View view_from(const Frame& frame) const;
  std::uint32_t channel_mask() const;
  kernels::Reach ball_reach() const;
  kernels::Reach reach() const;
  template <typename Use>
  void for_each_block(std::span<const AtomsView> groups, const kernels::View& view,
                      const kernels::Reach& reach, Use use);
  std::size_t paint(const kernels::View& view, const kernels::Canvas& canvas,
                    Footprint* footprints);
  void find_scales();
  std::size_t paint_gaussians(const kernels::View& view, const kernels::Canvas& canvas,
                              Footprint* footprints);
  std::size_t paint_balls(const kernels::View& view, const kernels::Canvas& canvas,
                          Footprint* footprints);
  void move_atom(std::size_t from, std::size_t to);
  bool paint_one(const kernels::View& view, const kernels::Canvas& canvas, std::size_t i,
                 Footprint& footprint);

  ImageParams params_;
  double radius_A_;
  std::vector<AtomsView> groups_;
  std::vector<kernels::Run> runs_;
  kernels::Block block_;
  std::vector<float> row_;
  std::vector<Footprint> unwanted_;     // of a block, if the caller wants none
  std::optional<BallScratch> scratch_;  // made for the first ball that needs it
};

}  // namespace mmgym
