#include "export/map_file.h"

#include "catch.h"
#include "gemmi_reader.h"
#include "temporary_folder.h"
#include "voxel/voxelizer.h"

using namespace mmgym;

TEST_CASE("gemmi reads the voxels of the channel at their positions from a map") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "a.mrc";
  Grid grid;
  grid.length_voxels = 4;
  grid.resolution_A = 0.75;
  grid.center_A = {10, -20, 30};
  std::vector<float> channel(grid.voxels());
  for (std::size_t i = 0; i < channel.size(); ++i) channel[i] = 0.1F * static_cast<float>(i) - 1;
  write_map(path, channel, grid, "a label");

  const testing::ReadMap map = testing::read_map(path.string());
  CHECK(map.label.substr(0, 8) == "a label ");
  REQUIRE(map.points == 4);
  CHECK(map.edge_A == Approx(3));
  for (const double angle : map.angles_deg) CHECK(angle == Approx(90));
  CHECK(map.values == channel);
  for (int x = 0; x < 4; ++x)
    for (int y = 0; y < 4; ++y)
      for (int z = 0; z < 4; ++z) {
        const auto& place_A = map.places_A[map.offset(x, y, z)];
        const Eigen::Vector3d expected_A = grid.voxel_center_A(x, y, z);
        for (std::size_t axis = 0; axis < 3; ++axis)
          REQUIRE(place_A[axis] == Approx(expected_A[axis]).margin(1e-5));
      }
}

TEST_CASE("The center of an atom's ball is at the atom's coordinates in the map") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "a.mrc";
  for (const int length : {21, 24}) {
    ImageParams params;
    params.grid.length_voxels = length;
    params.grid.resolution_A = 0.75;
    params.grid.center_A = {100.3, -7.2, 3.1};
    Voxelizer voxelizer(params, 1.5);  // much larger than voxels, to find its center precisely
    std::vector<float> image(params.image_size());
    const double x = 102.11, y = -5.03, z = -0.42;
    const float occupancy = 1;
    const std::uint32_t channels = 1;
    AtomsView atoms;
    atoms.count = 1;
    atoms.x_A = &x;
    atoms.y_A = &y;
    atoms.z_A = &z;
    atoms.occupancy = &occupancy;
    atoms.channels = &channels;
    voxelizer.draw(atoms, Frame::Identity(), image);
    write_map(path, image, params.grid, "");

    const testing::ReadMap map = testing::read_map(path.string());
    Eigen::Vector3d weighted = Eigen::Vector3d::Zero();
    double total = 0;
    for (std::size_t i = 0; i < map.values.size(); ++i) {
      weighted += map.values[i] * Eigen::Vector3d::Map(map.places_A[i].data());
      total += map.values[i];
    }
    CHECK(total == Approx(1).margin(1e-5));
    CHECK((weighted / total - Eigen::Vector3d(x, y, z)).norm() < 0.01);
  }
}

TEST_CASE("A channel whose size differs from the grid is refused") {
  Grid grid;
  grid.length_voxels = 2;
  grid.resolution_A = 1;
  CHECK_THROWS_AS(write_map("x.mrc", std::vector<float>(7), grid, ""), std::invalid_argument);
}
