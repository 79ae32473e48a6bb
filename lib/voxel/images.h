#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "voxel/footprint.h"
#include "voxel/image_params.h"

namespace mmgym {

/// Images of one kind, one after another in memory, and where atoms were drawn to them. Made again
/// for other atoms, few of their voxels have to be written to make them zeros first.
class Images {
 public:
  /// Makes these `count` images of zeros. Memory is kept.
  void reset(const ImageParams& kind, int count);

  /// All voxels: image, channel, x, y, z; C order.
  std::span<const float> voxels() const { return voxels_; }

  /// The voxels of image `i`: channel, x, y, z. What is drawn there belongs into footprints(i).
  std::span<float> image(int i);
  std::span<const float> image(int i) const;
  std::vector<Footprint>& footprints(int i);

  /// Replaces each voxel x of channel c of image `i` by (x - mean[c]) / std[c]. The image is
  /// finished then: nothing can be drawn to it before reset. Throws as check_normalization does.
  void normalize(int i, std::span<const float> mean, std::span<const float> std);

 private:
  struct Marks {
    std::vector<Footprint> footprints;
    bool everywhere = false;  // no voxel is known to be 0
  };

  ImageParams kind_;
  std::vector<float> voxels_;
  std::vector<Marks> marks_;  // of each image
};

/// Throws UsageError unless there are as many finite means and finite positive standard deviations
/// as channels.
void check_normalization(int channels, std::span<const float> mean, std::span<const float> std);

}  // namespace mmgym
