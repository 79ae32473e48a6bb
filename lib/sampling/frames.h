#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random_stream.h"
#include "geometry/frame.h"

namespace mmgym {

/// Parameters of the views of the neighbor task.
struct NeighborFrameParameters {
  double zone_size_A = 10;
  /// Unit vectors toward possible neighbors of a zone, by neighbor id. Empty if the database was
  /// built with a neighbor_count_threshold of 0; the direction is then arbitrary.
  std::vector<Eigen::Vector3d> neighbor_directions;
  /// Unit vectors that labels count: the direction from home to the neighbor.
  std::vector<Eigen::Vector3d> direction_candidates;
  /// Distance from home to neighbor before noise.
  double view_distance_A = 30;
  double noise_max_distance_A = 0;
  double noise_max_angle_deg = 0;
};

struct NeighborFrames {
  Frame frame_ia;  // stored coordinates to the home view
  Frame frame_ab;  // home view to neighbor view, noise included
  int label;       // index into direction_candidates
};

/// Makes the frames of samples of the neighbor task.
class NeighborFrameMaker {
 public:
  explicit NeighborFrameMaker(NeighborFrameParameters parameters);

  /// Returns the frames of sample `i` in a zone around `zone_center_A` with these neighbors (ids).
  /// Draws from RandomStream(i), in this order: home origin, direction, label, noise. Throws
  /// std::invalid_argument if there are neighbor directions but the zone has no neighbors.
  NeighborFrames make(std::uint64_t i, const Eigen::Vector3d& zone_center_A,
                      std::span<const int> neighbors) const;

  const NeighborFrameParameters& parameters() const { return parameters_; }

 private:
  Eigen::Vector3d neighbor_direction(RandomStream& random, std::span<const int> neighbors) const;
  Frame noise(RandomStream& random) const;

  NeighborFrameParameters parameters_;
  /// [i * n + j] rotates neighbor direction i to j.
  std::vector<Eigen::Matrix3d> rotations_;
};

/// Returns the frame of sample `i` of the single-view task: its origin is uniform in the zone's
/// cube, and it is rotated about a random axis by an angle uniform in [0, 360) degrees.
Frame single_view_frame(std::uint64_t i, const Eigen::Vector3d& zone_center_A, double zone_size_A);

}  // namespace mmgym
