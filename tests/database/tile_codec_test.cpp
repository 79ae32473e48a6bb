#include "database/tile_codec.h"

#include <cmath>
#include <random>

#include "catch.h"
#include "database/sqlite.h"

using namespace mmgym;

namespace {

DrawingAtoms random_atoms(const Eigen::Vector3i& tile, int count, std::mt19937& random) {
  std::uniform_real_distribution<double> inside(0, kAtomTileEdge_A);
  DrawingAtoms atoms;
  for (int i = 0; i < count; ++i) {
    atoms.x_A.push_back(tile.x() * kAtomTileEdge_A + inside(random));
    atoms.y_A.push_back(tile.y() * kAtomTileEdge_A + inside(random));
    atoms.z_A.push_back(tile.z() * kAtomTileEdge_A + inside(random));
    atoms.occupancy.push_back(static_cast<float>(random() % 1001) / 1000);
    atoms.element.push_back(static_cast<Element>(random() % (kLastElement + 1)));
    atoms.flags.push_back(static_cast<std::uint8_t>(random() % 4));
  }
  return atoms;
}

const std::vector<Eigen::Vector3i> kTiles = {{0, 0, 0}, {-1, 7, -300}, {4000, -1, 2}};

/// Rounds coordinates to three decimals, as text and back, like those that are deposited.
DrawingAtoms deposited(DrawingAtoms atoms) {
  for (auto* column : {&atoms.x_A, &atoms.y_A, &atoms.z_A})
    for (double& value_A : *column) value_A = std::round(value_A * 1000) / 1000;
  return atoms;
}

DrawingAtoms decoded(const Eigen::Vector3i& tile, std::span<const std::uint8_t> blob,
                     double edge_A = kAtomTileEdge_A) {
  DrawingAtoms atoms;
  decode_drawing(tile, blob, atoms, edge_A);
  return atoms;
}

DrawingAtoms stored(const Eigen::Vector3i& tile, const DrawingAtoms& atoms,
                    double edge_A = kAtomTileEdge_A) {
  return decoded(tile, encode_drawing(tile, atoms, edge_A), edge_A);
}

Eigen::Vector3d position(const DrawingAtoms& atoms, std::size_t i) {
  return {atoms.x_A[i], atoms.y_A[i], atoms.z_A[i]};
}

DrawingAtoms one_atom(const Eigen::Vector3d& position_A) {
  return {{position_A.x()}, {position_A.y()}, {position_A.z()}, {0.25F}, {6}, {kOutOfBounds}};
}

void check_other_columns(const DrawingAtoms& read, const DrawingAtoms& atoms) {
  REQUIRE(read.size() == atoms.size());
  CHECK(read.element == atoms.element);
  CHECK(read.flags == atoms.flags);
  for (std::size_t i = 0; i < atoms.size(); ++i)
    CHECK(read.occupancy[i] == Approx(atoms.occupancy[i]).margin(1e-6));
}

double largest_difference_A(const DrawingAtoms& a, const DrawingAtoms& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    largest = std::max(largest, (position(a, i) - position(b, i)).cwiseAbs().maxCoeff());
  return largest;
}

}  // namespace

TEST_CASE("A tile keeps coordinates within 1e-6 A, and all other columns, in 12 bytes an atom") {
  std::mt19937 random(6);
  for (const Eigen::Vector3i& tile : kTiles) {
    const DrawingAtoms atoms = random_atoms(tile, 300, random);
    const auto blob = encode_drawing(tile, atoms);
    CHECK(blob.size() == 3 + 300 * 12);
    const DrawingAtoms read = decoded(tile, blob);
    check_other_columns(read, atoms);
    CHECK(largest_difference_A(read, atoms) < 1.001e-6);
  }
}

TEST_CASE("Coordinates of three decimals are kept exactly, in 10 bytes an atom") {
  std::mt19937 random(8);
  for (const Eigen::Vector3i& tile : kTiles) {
    const DrawingAtoms atoms = deposited(random_atoms(tile, 300, random));
    const auto blob = encode_drawing(tile, atoms);
    CHECK(blob.size() == 3 + 300 * 10);
    const DrawingAtoms read = decoded(tile, blob);
    check_other_columns(read, atoms);
    CHECK(largest_difference_A(read, atoms) < 3e-11);  // 2 units in the last place at 100,000
  }
}

TEST_CASE("The errors of coordinates that a whole operator turned cost no bytes") {
  const Eigen::Vector3d turned(12.3450000001, 23.9995 - 1e-11, 1e-9);
  const auto blob = encode_drawing({0, 0, 0}, one_atom(turned));
  CHECK(blob.size() == 3 + 10);
}

TEST_CASE("Coordinates of three decimals on a tile's edges are kept exactly") {
  const Eigen::Vector3i tile(1, 0, 0);
  for (const double x : {24.0, 24.001, 33.457, 47.999}) {
    const DrawingAtoms read = stored(tile, one_atom({x, 0, 15.999}));
    CHECK(read.x_A[0] == Approx(x).epsilon(1e-14));
    CHECK(read.y_A[0] == 0);
    CHECK(read.z_A[0] == Approx(15.999).epsilon(1e-14));
  }
}

TEST_CASE("An atom just below the upper face of a tile is stored on the face") {
  for (const double edge_A : {kAtomTileEdge_A, kMostTileEdge_A})
    for (const double other_A : {1.5, 1.54321}) {  // for each layout
      const Eigen::Vector3d below(std::nextafter(edge_A, 0), edge_A - 1e-7, other_A);
      const DrawingAtoms read = stored({0, 0, 0}, one_atom(below), edge_A);
      CHECK(read.x_A[0] == edge_A);
      CHECK(read.y_A[0] == edge_A);
      CHECK(read.z_A[0] == Approx(other_A).epsilon(1e-14));
    }
}

TEST_CASE("stored_position_A gives the bits that decoding gives, in both layouts") {
  std::mt19937 random(9);
  for (const Eigen::Vector3i& tile : kTiles) {
    const DrawingAtoms turned = random_atoms(tile, 2000, random);
    for (const DrawingAtoms& atoms : {turned, deposited(turned)}) {
      const DrawingAtoms read = stored(tile, atoms);
      bool same = true;
      for (std::size_t i = 0; i < atoms.size(); ++i)
        same &= position(read, i) == stored_position_A(tile, position(atoms, i));
      CHECK(same);
    }
  }
}

TEST_CASE("Each distance of layout 1 is the same in layout 2, to the bit") {
  const Eigen::Vector3i tile(0, 0, 0);
  DrawingAtoms atoms;
  for (int i = 0; i <= 64000; ++i) {
    atoms.x_A.push_back(0.0005 * i);
    atoms.y_A.push_back(0);
    atoms.z_A.push_back(0);
    atoms.occupancy.push_back(1);
    atoms.element.push_back(6);
    atoms.flags.push_back(0);
  }
  const auto coarse = encode_drawing(tile, atoms, kMostTileEdge_A);
  atoms.y_A[0] = 0.000002;
  const auto fine = encode_drawing(tile, atoms, kMostTileEdge_A);
  CHECK(fine.size() > coarse.size());
  CHECK(decoded(tile, coarse, kMostTileEdge_A).x_A == atoms.x_A);
  CHECK(decoded(tile, fine, kMostTileEdge_A).x_A == atoms.x_A);
}

TEST_CASE("Decoded atoms are encoded to the same blob") {
  std::mt19937 random(10);
  const Eigen::Vector3i tile(-3, 0, 5);
  const DrawingAtoms turned = random_atoms(tile, 500, random);
  for (const DrawingAtoms& atoms : {turned, deposited(turned)}) {
    const auto blob = encode_drawing(tile, atoms);
    CHECK(encode_drawing(tile, decoded(tile, blob)) == blob);
  }
}

TEST_CASE("Blobs for drawing have the described bytes") {
  const Eigen::Vector3i tile(0, 0, 0);
  const std::vector<std::uint8_t> coarse = {1,    1,    0,    0xd0, 0x07, 0x01,        0x00,
                                            0x00, 0x00, 0xc4, 0x09, 6,    kOutOfBounds};
  CHECK(encode_drawing(tile, one_atom({1, 0.0005, 0})) == coarse);
  const std::vector<std::uint8_t> fine = {2,    1,    0,    0x20, 0xa1, 0x07, 0x01, 0x00,
                                          0x00, 0x00, 0x00, 0x00, 0xc4, 0x89, 6};
  CHECK(encode_drawing(tile, one_atom({1, 0.000002, 0})) == fine);
}

TEST_CASE("Annotations are decoded as they were encoded") {
  AtomAnnotations atoms;
  atoms.residues.push_back({"A", "B", "1", "ALA", "12A", 12, 3, 0, 17});
  atoms.residues.push_back({"A", "C", "2", "HEM", "", std::nullopt, 0, std::nullopt, std::nullopt});
  atoms.residue = {0, 0, 1};
  atoms.name = {"N", "CA", "FE"};
  atoms.alt_id = {'A', 0, 0};
  atoms.b_factor = {12.5F, 700.25F, 0};

  AtomAnnotations read;
  decode_annotation(encode_annotation(atoms), read);
  CHECK(read.residues == atoms.residues);
  CHECK(read.residue == atoms.residue);
  CHECK(read.name == atoms.name);
  CHECK(read.alt_id == atoms.alt_id);
  CHECK(read.b_factor == atoms.b_factor);

  // A second tile is appended, and its residue numbers continue.
  decode_annotation(encode_annotation(atoms), read);
  CHECK(read.residues.size() == 4);
  CHECK(read.residue == std::vector<std::uint32_t>{0, 0, 1, 2, 2, 3});
}

TEST_CASE("A damaged tile is refused, not misread") {
  std::mt19937 random(7);
  const Eigen::Vector3i tile(0, 0, 0);
  const DrawingAtoms turned = random_atoms(tile, 20, random);
  for (const DrawingAtoms& atoms : {turned, deposited(turned)}) {
    const auto blob = encode_drawing(tile, atoms);
    for (std::size_t size = 0; size < blob.size(); ++size)
      CHECK_THROWS_AS(decoded(tile, std::span(blob).first(size)), DamagedTile);
    auto longer = blob;
    longer.push_back(0);
    CHECK_THROWS_WITH(decoded(tile, longer), testing::contains("extra bytes"));
    auto newer = blob;
    newer[0] = 3;
    CHECK_THROWS_WITH(decoded(tile, newer), testing::contains("layout"));
    auto other = blob;
    other[0] = static_cast<std::uint8_t>(3 - blob[0]);
    CHECK_THROWS_AS(decoded(tile, other), DamagedTile);
  }
}

TEST_CASE("A tile with an unknown element or with atoms outside its cube is refused") {
  const Eigen::Vector3i tile(0, 0, 0);
  for (const double x_A : {23.9995, 23.999998}) {  // for each layout
    CHECK_NOTHROW(stored(tile, one_atom({x_A, 0, 0})));
    DrawingAtoms atoms = one_atom({x_A, 0, 0});
    atoms.element[0] = kLastElement + 1;
    CHECK_THROWS_WITH(stored(tile, atoms), testing::contains("invalid element"));
    for (int axis = 0; axis < 3; ++axis) {
      Eigen::Vector3d outside_A = Eigen::Vector3d::Zero();
      outside_A[axis] = x_A + 0.001;
      CHECK_THROWS_WITH(stored(tile, one_atom(outside_A)), testing::contains("outside its cube"));
    }
  }
}
