// Compares drawing with tiles, a cache and SIMD code with the definition of each fill, for all
// atoms of the assembly.

#include <cmath>
#include <numbers>

#include "build_gym.h"
#include "catch.h"
#include "database/annotated_atoms.h"
#include "export/export_gym.h"
#include "gemmi_reader.h"
#include "sampling/sample_maker.h"
#include "sampling/zone_choice.h"
#include "temporary_folder.h"
#include "voxel/overlap.h"

using namespace mmgym;

namespace {

/// Returns what an atom at the offset `at` from a voxel's center adds to the voxel.
double share(const SampleParameters& parameters, const Eigen::Vector3d& at, double radius_A) {
  if (parameters.fill == Fill::gaussian) {
    const double q = at.norm() / radius_A;
    return q <= 1 ? std::exp(-2 * q * q) : q <= 1.5 ? (4 * q * q - 12 * q + 9) * std::exp(-2) : 0;
  }
  const Eigen::Vector3d half = Eigen::Vector3d::Constant(parameters.resolution_A / 2);
  const double ball_A3 = 4 * std::numbers::pi / 3 * radius_A * radius_A * radius_A;
  const double overlap_A3 = ball_box_overlap_A3(at, radius_A, -half, half);
  return parameters.fill == Fill::overlap_A3 ? overlap_A3 : overlap_A3 / ball_A3;
}

/// Returns an image of all atoms, drawn atom by atom and voxel by voxel.
std::vector<double> plain_image(const SampleParameters& parameters, const DrawingAtoms& atoms,
                                const Frame& frame_iv) {
  const ChannelMap channel_map(parameters.channels);
  Grid grid;
  grid.length_voxels = parameters.length_voxels;
  grid.resolution_A = parameters.resolution_A;
  std::vector<double> image(static_cast<std::size_t>(channel_map.channels()) * grid.voxels());
  for (std::size_t atom = 0; atom < atoms.size(); ++atom) {
    const double radius_A = parameters.atom_radius.van_der_waals
                                ? static_cast<double>(van_der_waals_radius_A(atoms.element[atom]))
                                : parameters.atom_radius.largest_A(parameters.resolution_A);
    const Eigen::Vector3d at =
        frame_iv * Eigen::Vector3d(atoms.x_A[atom], atoms.y_A[atom], atoms.z_A[atom]);
    if (at.cwiseAbs().maxCoeff() > grid.edge_A() / 2 + 1.5 * radius_A) continue;
    const std::uint32_t mask = channel_map.mask(atoms.element[atom], true);
    for (int x = 0; x < grid.length_voxels; ++x)
      for (int y = 0; y < grid.length_voxels; ++y)
        for (int z = 0; z < grid.length_voxels; ++z) {
          const double value = static_cast<double>(atoms.occupancy[atom]) *
                               share(parameters, at - grid.voxel_center_A(x, y, z), radius_A);
          for (int channel = 0; channel < channel_map.channels(); ++channel)
            if ((mask >> channel & 1U) != 0) image[grid.offset(channel, x, y, z)] += value;
        }
  }
  return image;
}

/// The greatest difference of a voxel, and the greatest expected voxel.
struct Comparison {
  double difference = 0;
  double greatest = 0;

  void add(double value, double expected) {
    difference = std::max(difference, std::abs(value - expected));
    greatest = std::max(greatest, expected);
  }
};

struct Case {
  const char* radius;  // "": half a voxel
  Fill fill;
};

SampleParameters parameters_of(const Case& drawn) {
  SampleParameters parameters;
  parameters.length_voxels = 8;  // so that tiles end near the edges of some images
  parameters.view_distance_A = 14;
  parameters.channels = "C,O|N|*";
  parameters.fill = drawn.fill;
  if (*drawn.radius != '\0') parameters.atom_radius = AtomRadius::parse(drawn.radius);
  return parameters;
}

constexpr Case kCases[] = {{"", Fill::fraction_atom}, {"2", Fill::overlap_A3},
                           {"2", Fill::gaussian},     {"vdw", Fill::fraction_atom},
                           {"vdw", Fill::overlap_A3}, {"vdw", Fill::gaussian}};

}  // namespace

TEST_CASE("The maps of an exported zone are the sum over all atoms of the assembly") {
  const testing::TemporaryFolder folder;
  ExportOptions options;
  options.database = testing::build_gym(folder, {"2xhe"});
  options.folder = folder.path() / "out";
  GymReader reader(options.database);
  AnnotatedAtomReader atom_reader(reader);
  // Few cases, because every file is synced to disk.
  for (const Case& drawn : {Case{"2", Fill::gaussian}, Case{"vdw", Fill::fraction_atom}}) {
    options.parameters = parameters_of(drawn);
    Comparison comparison;
    for (const std::int64_t zone_id : choose_zones(reader, "")) {
      const ZoneInfo zone = reader.zone(zone_id);
      const auto expected = plain_image(
          options.parameters, atom_reader.all(zone.assembly_id).drawing, make_frame(zone.center_A));
      const auto files = export_zone(options, zone_id).files;
      REQUIRE(files.size() == 1 + 3);  // the atoms come first
      std::size_t voxel = 0;
      for (std::size_t channel = 0; channel < 3; ++channel) {
        const testing::ReadMap map = testing::read_map(files[1 + channel].string());
        REQUIRE(map.points == options.parameters.length_voxels);
        for (int x = 0; x < map.points; ++x)
          for (int y = 0; y < map.points; ++y)
            for (int z = 0; z < map.points; ++z)
              comparison.add(static_cast<double>(map.values[map.offset(x, y, z)]),
                             expected[voxel++]);
      }
    }
    INFO("radius '" << drawn.radius << "', fill " << name_of(drawn.fill));
    CHECK(comparison.greatest > 0.05);
    CHECK(comparison.difference < 1e-5 * comparison.greatest);
  }
}

TEST_CASE("The images of a sample are the sum over all atoms of the assembly") {
  const testing::TemporaryFolder folder;
  const auto database = testing::build_gym(folder, {"2xhe"});
  GymReader reader(database);
  AnnotatedAtomReader atom_reader(reader);
  const auto zones = choose_zones(reader, "");
  for (const Case& drawn : kCases) {
    const SampleParameters parameters = parameters_of(drawn);
    SampleMaker maker(database, zones, parameters);
    Sample sample;
    Comparison comparison;
    for (std::uint64_t index = 0; index < zones.size(); ++index) {
      maker.make(index, sample);
      const AnnotatedAtoms atoms = atom_reader.all(sample.zone.assembly_id);
      std::size_t voxel = 0;
      for (int view = 0; view < 2; ++view)
        for (const double expected : plain_image(parameters, atoms.drawing, sample.frame_iv(view)))
          comparison.add(static_cast<double>(sample.images.voxels()[voxel++]), expected);
    }
    INFO("radius '" << drawn.radius << "', fill " << name_of(drawn.fill));
    CHECK(comparison.greatest > 0.05);
    CHECK(comparison.difference < 1e-5 * comparison.greatest);
  }
}

TEST_CASE("The atoms written with an image are exactly the atoms that reach into it") {
  const testing::TemporaryFolder folder;
  ExportOptions options;
  options.database = testing::build_gym(folder, {"2xhe"});
  options.folder = folder.path() / "out";
  GymReader reader(options.database);
  AnnotatedAtomReader atom_reader(reader);
  for (const Case& drawn : kCases) {
    options.parameters = parameters_of(drawn);
    const double half_A = options.parameters.edge_A() / 2;
    const double reach = drawn.fill == Fill::gaussian ? 1.5 : 1;
    const ZoneInfo zone = reader.zone(13);
    for (const double margin_A : {0.0, 2.5}) {
      options.margin_A = margin_A;
      const DrawingAtoms atoms = atom_reader.all(zone.assembly_id).drawing;
      std::size_t expected = 0;
      for (std::size_t i = 0; i < atoms.size(); ++i) {
        const Eigen::Array3d at(atoms.x_A[i], atoms.y_A[i], atoms.z_A[i]);
        const Eigen::Array3d outside = ((at - zone.center_A.array()).abs() - half_A).max(0);
        const double radius_A = options.parameters.atom_radius.van_der_waals
                                    ? static_cast<double>(van_der_waals_radius_A(atoms.element[i]))
                                    : options.parameters.atom_radius.largest_A(1);
        if (outside.matrix().norm() < reach * radius_A + margin_A) ++expected;
      }
      const auto path = export_zone(options, 13).files.at(0);
      CHECK(testing::read_cif(path.string(), "_atom_site.", {"id"}).size() == expected);
    }
  }
}
