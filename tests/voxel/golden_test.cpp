#include "golden.h"

#include <cmath>
#include <string>
#include <vector>

#include "catch.h"
#include "voxel/float16.h"
#include "voxel/simd.h"
#include "voxel/voxelizer.h"

using nlohmann::json;

namespace {

struct Atoms {
  std::vector<double> x, y, z;
  std::vector<float> occupancy, radius;
  std::vector<double> radius_A;
  std::vector<std::uint32_t> channels;

  explicit Atoms(const json& atoms)
      : x(atoms.at("x").get<std::vector<double>>()),
        y(atoms.at("y").get<std::vector<double>>()),
        z(atoms.at("z").get<std::vector<double>>()),
        occupancy(atoms.at("occupancy").get<std::vector<float>>()),
        radius(atoms.at("radius_A").get<std::vector<float>>()),
        radius_A(atoms.at("radius_A").get<std::vector<double>>()) {
    for (const auto& list : atoms.at("channels")) {
      std::uint32_t mask = 0;
      for (const int channel : list) mask |= 1U << channel;
      channels.push_back(mask);
    }
  }

  bool has_one_radius() const {
    return std::all_of(radius_A.begin(), radius_A.end(),
                       [this](double r) { return r == radius_A.front(); });
  }

  mmgym::AtomsView view(bool with_radii) const {
    return {x.size(),
            x.data(),
            y.data(),
            z.data(),
            occupancy.data(),
            channels.data(),
            with_radii ? radius.data() : nullptr};
  }
};

mmgym::ImageParams params_of(const json& golden) {
  mmgym::ImageParams params;
  const auto& grid = golden.at("grid");
  params.grid.length_voxels = grid.at("length_voxels");
  params.grid.resolution_A = grid.at("resolution_A");
  for (int axis = 0; axis < 3; ++axis) params.grid.center_A[axis] = grid.at("center_A").at(axis);
  params.channels = golden.at("channels");
  params.fill = mmgym::value_named<mmgym::Fill>(golden.at("fill").get<std::string>());
  params.aggregate =
      mmgym::value_named<mmgym::Aggregate>(golden.at("aggregate").get<std::string>());
  return params;
}

double largest_error(const std::vector<float>& image, const std::vector<double>& expected) {
  double largest = 0;
  for (std::size_t i = 0; i < image.size(); ++i) {
    const double error = std::abs(static_cast<double>(image[i]) - expected[i]);
    if (!(error <= largest)) largest = error;  // NaN too
  }
  return largest;
}

void check_case(const json& golden) {
  const auto params = params_of(golden);
  const Atoms atoms(golden.at("atoms"));
  std::vector<double> expected(params.image_size(), 0);
  const auto& index = golden.at("expected").at("index");
  for (std::size_t i = 0; i < index.size(); ++i)
    expected.at(index[i]) = golden.at("expected").at("value").at(i);

  // A radius common to all atoms is given once or per atom. The code differs, the image does not.
  for (const bool with_radii : {true, false}) {
    if (!with_radii && (atoms.x.empty() || !atoms.has_one_radius())) continue;
    mmgym::Voxelizer voxelizer(params, with_radii ? 1 : atoms.radius_A.front());
    std::vector<float> image(params.image_size());
    std::vector<mmgym::Footprint> footprints;
    voxelizer.draw(atoms.view(with_radii), mmgym::Frame::Identity(), image, &footprints);
    INFO(golden.at("name") << (with_radii ? ", a radius for each" : ", one radius"));
    CHECK(largest_error(image, expected) < 1e-6);

    std::vector<std::uint16_t> halves(image.size());
    mmgym::to_float16(image, halves);
    std::vector<float> rounded(image.size());
    for (std::size_t i = 0; i < image.size(); ++i)
      rounded[i] =
          static_cast<float>(std::ldexp((halves[i] & 0x3FF) | (halves[i] >= 0x400 ? 0x400 : 0),
                                        std::max(halves[i] >> 10, 1) - 25));
    CHECK(largest_error(rounded, expected) < 1e-3);

    erase(params, image, footprints);
    CHECK(image == std::vector<float>(image.size()));
  }
}

}  // namespace

TEST_CASE("Images agree with the reference program on every SIMD target") {
  const auto cases = mmgym::testing::golden_cases("grid");
  REQUIRE((!cases.empty() || !mmgym::testing::golden_is_complete()));
  for (const auto& target : mmgym::simd_targets()) {
    mmgym::use_simd_target(target);
    INFO("target " << target);
    for (const auto& golden : cases) check_case(golden);
  }
  mmgym::use_simd_target("");
}
