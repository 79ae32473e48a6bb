#include "sampling/frames.h"

#include <limits>
#include <numbers>
#include <stdexcept>
#include <utility>

#include "geometry/rotation.h"

namespace mmgym {
namespace {

Eigen::Vector3d point_in_zone(RandomStream& random, const Eigen::Vector3d& center_A,
                              double size_A) {
  return center_A + random.uniform_in_cube(-size_A / 2, size_A / 2);
}

}  // namespace

NeighborFrameMaker::NeighborFrameMaker(NeighborFrameParameters parameters)
    : parameters_(std::move(parameters)) {
  const auto& directions = parameters_.neighbor_directions;
  for (const auto& from : directions)
    for (const auto& to : directions) rotations_.push_back(shortest_rotation(from, to));
}

NeighborFrames NeighborFrameMaker::make(std::uint64_t i, const Eigen::Vector3d& zone_center_A,
                                        std::span<const int> neighbors) const {
  RandomStream random(i);
  const Eigen::Vector3d home_i = point_in_zone(random, zone_center_A, parameters_.zone_size_A);
  const Eigen::Vector3d direction_i = neighbor_direction(random, neighbors);
  const auto& candidates = parameters_.direction_candidates;
  const auto label = random.integer(static_cast<std::uint32_t>(candidates.size()));
  const Eigen::Vector3d& direction_a = candidates[label];

  // make_frame takes axes in stored coordinates, so this frame rotates direction_i to direction_a.
  const Frame frame_ia = make_frame(home_i, shortest_rotation(direction_a, direction_i));
  const Frame frame_ab = make_frame(direction_a * parameters_.view_distance_A);
  return {frame_ia, noise(random) * frame_ab, static_cast<int>(label)};
}

Eigen::Vector3d NeighborFrameMaker::neighbor_direction(RandomStream& random,
                                                       std::span<const int> neighbors) const {
  const Eigen::Vector3d direction = random.direction();
  const auto& known = parameters_.neighbor_directions;
  if (known.empty()) return direction;
  if (neighbors.empty())
    throw std::invalid_argument("a zone without neighbors has no neighbor view");

  std::size_t nearest = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < known.size(); ++i) {
    const double distance = (known[i] - direction).norm();
    if (distance < least) {
      least = distance;
      nearest = i;
    }
  }
  const int chosen = neighbors[random.integer(static_cast<std::uint32_t>(neighbors.size()))];
  return rotations_.at(nearest * known.size() + static_cast<std::size_t>(chosen)) * direction;
}

Frame NeighborFrameMaker::noise(RandomStream& random) const {
  const double distance_A = random.uniform() * parameters_.noise_max_distance_A;
  const Eigen::Vector3d origin_A = random.direction() * distance_A;
  const double angle_rad =
      random.uniform() * parameters_.noise_max_angle_deg * std::numbers::pi / 180;
  return make_frame(origin_A, axis_rotation(random.direction(), angle_rad));
}

Frame single_view_frame(std::uint64_t i, const Eigen::Vector3d& zone_center_A, double zone_size_A) {
  RandomStream random(i);
  const Eigen::Vector3d origin_A = point_in_zone(random, zone_center_A, zone_size_A);
  const double angle_rad = 2 * std::numbers::pi * random.uniform();
  return make_frame(origin_A, axis_rotation(random.direction(), angle_rad));
}

}  // namespace mmgym
