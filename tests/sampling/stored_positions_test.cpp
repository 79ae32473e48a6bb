// Images that are drawn from stored atoms, against images of the same atoms before they were
// stored. The atoms are those of 1CBS, in copies that are turned and moved like the chains of a
// capsid, so that their coordinates have as many decimals as a double.

#include <algorithm>
#include <cmath>

#include "catch.h"
#include "data_sample.h"
#include "database/tile_codec.h"
#include "geometry/cell_list.h"
#include "inputs/read_file.h"
#include "sampling/frames.h"
#include "sampling/view_drawer.h"
#include "structure/read_structure.h"

using namespace mmgym;

namespace {

constexpr int kCopies = 60;
constexpr double kShell_A = 300;  // edge of the cube in which the copies are

DrawingAtoms copy_of(const Structure& structure, const Frame& operation) {
  DrawingAtoms atoms;
  for (const Atom& atom : structure.atoms) {
    const Eigen::Vector3d position_A = operation * atom.position_A;
    atoms.x_A.push_back(position_A.x());
    atoms.y_A.push_back(position_A.y());
    atoms.z_A.push_back(position_A.z());
    atoms.occupancy.push_back(static_cast<float>(atom.occupancy));
    atoms.element.push_back(atom.element);
    atoms.flags.push_back(structure.subchain_of(atom).is_polymer ? kIsPolymer : 0);
  }
  return atoms;
}

/// Returns the same atoms with the coordinates that a database gives back.
DrawingAtoms stored(DrawingAtoms atoms) {
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Eigen::Vector3d position_A(atoms.x_A[i], atoms.y_A[i], atoms.z_A[i]);
    const Eigen::Vector3i tile = cell_of(position_A, kAtomTileEdge_A);
    const DrawingAtoms atom{{position_A.x()},     {position_A.y()},   {position_A.z()},
                            {atoms.occupancy[i]}, {atoms.element[i]}, {atoms.flags[i]}};
    DrawingAtoms read;
    decode_drawing(tile, encode_drawing(tile, atom), read);
    atoms.x_A[i] = read.x_A[0];
    atoms.y_A[i] = read.y_A[0];
    atoms.z_A[i] = read.z_A[0];
  }
  return atoms;
}

/// Returns the atoms as a tile of 10 bytes an atom would have them.
DrawingAtoms rounded(DrawingAtoms atoms) {
  for (auto* column : {&atoms.x_A, &atoms.y_A, &atoms.z_A})
    for (double& value_A : *column) value_A = 0.0005 * std::round(value_A / 0.0005);
  return atoms;
}

/// Draws images of a preset, in 8 channels.
class Painter {
 public:
  explicit Painter(const char* name)
      : parameters_(preset(name)),
        channels_(parameters_.channels, true),
        image_(image_params(parameters_, channels_.channels())),
        voxelizer_(image_, parameters_.atom_radius.largest_A(parameters_.resolution_A)) {}

  std::vector<float> draw(const DrawingAtoms& atoms, const Frame& frame) {
    std::vector<std::uint32_t> masks;
    for (std::size_t i = 0; i < atoms.size(); ++i)
      masks.push_back(channels_.mask(atoms.element[i], (atoms.flags[i] & kIsPolymer) != 0));
    std::vector<float> image(image_.image_size());
    voxelizer_.draw({.count = atoms.size(),
                     .x_A = atoms.x_A.data(),
                     .y_A = atoms.y_A.data(),
                     .z_A = atoms.z_A.data(),
                     .occupancy = atoms.occupancy.data(),
                     .channels = masks.data()},
                    frame, image);
    return image;
  }

 private:
  SampleParameters parameters_;
  ChannelMap channels_;
  ImageParams image_;
  Voxelizer voxelizer_;
};

double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  float largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return static_cast<double>(largest);
}

}  // namespace

TEST_CASE("Voxels of turned copies differ by less than 1e-5 from those of unrounded coordinates") {
  const char* name = GENERATE("16A", "24A");
  CAPTURE(name);
  const auto path = testing::data_sample("1cbs");
  const Structure structure = read_structure(read_file(path), path.filename().string());
  Painter painter(name);
  double stored_difference = 0;
  double rounded_difference = 0;
  for (int copy = 0; copy < kCopies; ++copy) {
    const Frame operation = single_view_frame(copy, Eigen::Vector3d::Zero(), kShell_A);
    const DrawingAtoms atoms = copy_of(structure, operation);
    const DrawingAtoms stored_atoms = stored(atoms);
    const DrawingAtoms rounded_atoms = rounded(atoms);
    for (int view = 0; view < 4; ++view) {
      const Eigen::Vector3d& center_A =
          structure.atoms[view * structure.atoms.size() / 4].position_A;
      const Frame frame = single_view_frame(100 + copy, operation * center_A, 10);
      const auto image = painter.draw(atoms, frame);
      REQUIRE(*std::max_element(image.begin(), image.end()) > 0.5F);
      stored_difference =
          std::max(stored_difference, largest_difference(painter.draw(stored_atoms, frame), image));
      rounded_difference = std::max(rounded_difference,
                                    largest_difference(painter.draw(rounded_atoms, frame), image));
    }
  }
  CAPTURE(stored_difference, rounded_difference);
  CHECK(stored_difference < 1e-5);
  CHECK(rounded_difference > 1e-4);  // else this test would not see the layout
}
