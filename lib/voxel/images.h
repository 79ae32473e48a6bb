#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "voxel/footprint.h"
#include "voxel/image_params.h"

namespace mmgym {

/// Images of one kind, contiguous in memory, and the footprints of the atoms drawn to them. With
/// the footprints, a reset writes few voxels.
class Images {
 public:
  /// Sets up `count` images of zeros. Reuses memory.
  void reset(const ImageParams& kind, int count);

  /// All voxels: image, channel, x, y, z; C order.
  std::span<const float> voxels() const { return voxels_; }

  /// The voxels of image `i`: channel, x, y, z. Append the footprints of atoms drawn to it to
  /// footprints(i).
  std::span<float> image(int i);
  std::span<const float> image(int i) const;
  std::vector<Footprint>& footprints(int i);

  int count() const { return static_cast<int>(marks_.size()); }
  const ImageParams& kind() const { return kind_; }
  /// The channels of image `i` that may have voxels other than 0; bit c: channel c.
  std::uint32_t used_channels(int i) const;

  /// Call this if all voxels have been set to 0. The next reset has nothing to erase.
  void set_erased();

  /// Replaces each voxel x of channel c of image `i` by (x - mean[c]) / std[c]. Draw nothing more
  /// to the image before the next reset. Throws like check_normalization.
  void normalize(int i, std::span<const float> mean, std::span<const float> std);

 private:
  struct Marks {
    std::vector<Footprint> footprints;
    bool everywhere = false;  // any voxel may be nonzero
  };

  ImageParams kind_;
  std::vector<float> voxels_;
  std::vector<Marks> marks_;  // of each image
};

/// Throws UsageError unless there are as many finite means and finite positive standard deviations
/// as channels.
void check_normalization(int channels, std::span<const float> mean, std::span<const float> std);

}  // namespace mmgym
