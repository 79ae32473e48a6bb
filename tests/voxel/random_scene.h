#pragma once

#include <cstdint>
#include <vector>

#include "random_cases.h"
#include "voxel/voxelizer.h"

namespace mmgym::testing {

/// Atoms that own their arrays.
struct Scene {
  std::vector<double> x, y, z;
  std::vector<float> occupancy, radius;
  std::vector<std::uint32_t> channels;

  void add(const Eigen::Vector3d& at, double radius_A = 1, double weight = 1,
           std::uint32_t mask = 1) {
    x.push_back(at.x());
    y.push_back(at.y());
    z.push_back(at.z());
    radius.push_back(static_cast<float>(radius_A));
    occupancy.push_back(static_cast<float>(weight));
    channels.push_back(mask);
  }

  AtomsView view(bool with_radii) const {
    return {x.size(),
            x.data(),
            y.data(),
            z.data(),
            occupancy.data(),
            channels.data(),
            with_radii ? radius.data() : nullptr};
  }
};

inline ImageParams make_params(int length, double resolution_A, int channels = 1,
                               Fill fill = Fill::fraction_atom,
                               const Eigen::Vector3d& center_A = Eigen::Vector3d::Zero(),
                               Aggregate aggregate = Aggregate::sum) {
  return {{length, resolution_A, center_A}, channels, fill, aggregate};
}

/// Returns the image of one ball. Uses the code for small balls of one radius if the ball is small
/// enough and not `with_radius`, else the code for any ball.
inline std::vector<float> draw_ball(const ImageParams& params, const Eigen::Vector3d& center_A,
                                    double radius_A, bool with_radius = false) {
  Scene scene;
  scene.add(center_A, radius_A);
  Voxelizer voxelizer(params, radius_A);
  std::vector<float> image(params.image_size());
  voxelizer.draw(scene.view(with_radius), Frame::Identity(), image);
  return image;
}

inline double total(const std::vector<float>& image) {
  double sum = 0;
  for (const float voxel : image) sum += static_cast<double>(voxel);
  return sum;
}

inline double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = a.size() == b.size() ? 0 : 1e300;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
    if (!(difference <= largest)) largest = difference;  // NaN too
  }
  return largest;
}

}  // namespace mmgym::testing
