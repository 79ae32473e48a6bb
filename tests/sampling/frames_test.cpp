#include "sampling/frames.h"

#include "catch.h"
#include "geometry/polyhedra.h"
#include "golden.h"

using mmgym::Frame;
using nlohmann::json;

namespace {

double largest_difference(const Frame& frame, const json& expected) {
  double largest = 0;
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j)
      largest = std::max(largest, std::abs(frame.matrix()(i, j) - expected[i][j].get<double>()));
  return largest;
}

mmgym::NeighborFrameParameters parameters_of(const json& params) {
  mmgym::NeighborFrameParameters parameters;
  parameters.zone_size_A = params["zone_size_A"];
  if (params["neighbor_count_threshold"].get<int>() > 0)
    parameters.neighbor_directions = mmgym::polyhedron_faces(params["neighbor_geometry"]);
  parameters.direction_candidates = mmgym::polyhedron_faces(params["direction_candidates"]);
  parameters.view_distance_A = params["view_distance_A"];
  parameters.noise_max_distance_A = params["noise_max_distance_A"];
  parameters.noise_max_angle_deg = params["noise_max_angle_deg"];
  return parameters;
}

}  // namespace

TEST_CASE("Frames and labels agree with the reference") {
  const auto cases = mmgym::testing::golden_cases("task");
  REQUIRE((!cases.empty() || !mmgym::testing::golden_is_complete()));
  for (const auto& setting : cases) {
    const std::string name = setting["name"];
    CAPTURE(name);
    const json& params = setting["params"];
    const json& zones = params["zones"];
    const mmgym::NeighborFrameMaker maker(parameters_of(params));
    for (const auto& expected : setting["expected"]) {
      const auto i = expected["i"].get<std::uint64_t>();
      CAPTURE(i);
      const json& zone = zones[i % zones.size()];
      REQUIRE(zone["zone_id"] == expected["zone_id"]);
      const auto c = zone["center"].get<std::vector<double>>();
      const Eigen::Vector3d center_A(c[0], c[1], c[2]);
      if (setting["task"] == "single") {
        const Frame frame = mmgym::single_view_frame(i, center_A, params["zone_size_A"]);
        REQUIRE(largest_difference(frame, expected["frame_ia"]) < 1e-9);
        continue;
      }
      const auto neighbors = zone["neighbors"].get<std::vector<int>>();
      const auto frames = maker.make(i, center_A, neighbors);
      REQUIRE(frames.label == expected["label"]);
      REQUIRE(largest_difference(frames.frame_ia, expected["frame_ia"]) < 1e-9);
      REQUIRE(largest_difference(frames.frame_ab, expected["frame_ab"]) < 1e-9);
    }
  }
}

TEST_CASE("The home origin is in its zone, and the neighbor in the direction of the label") {
  mmgym::NeighborFrameParameters parameters;
  parameters.neighbor_directions = mmgym::polyhedron_faces("icosahedron faces");
  parameters.direction_candidates = mmgym::polyhedron_faces("cube faces");
  const mmgym::NeighborFrameMaker maker(parameters);
  const Eigen::Vector3d center_A(10, -20, 30);
  const std::vector<int> neighbors = {4};
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const auto frames = maker.make(i, center_A, neighbors);
    const Eigen::Vector3d home = mmgym::frame_origin(frames.frame_ia);
    REQUIRE((home - center_A).cwiseAbs().maxCoeff() <= 5);
    const Eigen::Vector3d neighbor_a = mmgym::frame_origin(frames.frame_ab);
    REQUIRE((neighbor_a - 30 * parameters.direction_candidates[frames.label]).norm() < 1e-9);
    // Seen from home, the angle between the neighbor and face 4 is at most that of a corner of a
    // face (37.38 degrees). It equals the angle to the nearest face before the rotation.
    const Eigen::Vector3d direction = (frames.frame_ia.inverse() * neighbor_a - home).normalized();
    REQUIRE(direction.dot(parameters.neighbor_directions[4]) >= 0.7946);
  }
}

TEST_CASE("A neighbor view of a zone without neighbors is refused") {
  mmgym::NeighborFrameParameters parameters;
  parameters.neighbor_directions = mmgym::polyhedron_faces("cube faces");
  parameters.direction_candidates = mmgym::polyhedron_faces("cube faces");
  CHECK_THROWS_AS(mmgym::NeighborFrameMaker(parameters).make(0, {0, 0, 0}, {}),
                  std::invalid_argument);
}
