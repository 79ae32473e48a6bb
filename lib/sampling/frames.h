#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random_stream.h"
#include "geometry/frame.h"

namespace mmgym {

/// Where the views of the neighbor task may lie.
struct NeighborFrameParameters {
  double zone_size_A = 10;
  /// Unit vectors to where zones may have neighbors, by neighbor id; empty if the database was
  /// built with a neighbor_count_threshold of 0, and then any direction will do.
  std::vector<Eigen::Vector3d> neighbor_directions;
  /// Unit vectors that labels stand for: in which of these, seen from home, the neighbor lies.
  std::vector<Eigen::Vector3d> direction_candidates;
  /// From home to neighbor, before noise.
  double view_distance_A = 30;
  double noise_max_distance_A = 0;
  double noise_max_angle_deg = 0;
};

struct NeighborFrames {
  Frame frame_ia;  // stored coordinates to the home view
  Frame frame_ab;  // home view to neighbor view, noise included
  int label;       // index into direction_candidates
};

/// Makes frames for samples of the neighbor task.
class NeighborFrameMaker {
 public:
  explicit NeighborFrameMaker(NeighborFrameParameters parameters);

  /// Frames of sample `i` in a zone around `zone_center_A` with these neighbors (ids). Draws from
  /// RandomStream(i), in this order: home origin, direction, label, noise.
  NeighborFrames make(std::uint64_t i, const Eigen::Vector3d& zone_center_A,
                      std::span<const int> neighbors) const;

  const NeighborFrameParameters& parameters() const { return parameters_; }

 private:
  Eigen::Vector3d neighbor_direction(RandomStream& random, std::span<const int> neighbors) const;
  Frame noise(RandomStream& random) const;

  NeighborFrameParameters parameters_;
  /// [i * n + j] turns neighbor direction i into j.
  std::vector<Eigen::Matrix3d> rotations_;
};

/// The frame of sample `i` of the single-view task: an origin uniform in the zone's cube, turned
/// about a random axis by an angle uniform in [0, 360) degrees.
Frame single_view_frame(std::uint64_t i, const Eigen::Vector3d& zone_center_A, double zone_size_A);

}  // namespace mmgym
