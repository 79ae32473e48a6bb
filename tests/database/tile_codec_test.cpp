#include "database/tile_codec.h"

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

}  // namespace

TEST_CASE("A tile keeps coordinates within 0.00025 A, and all other columns") {
  std::mt19937 random(6);
  for (const Eigen::Vector3i& tile :
       {Eigen::Vector3i(0, 0, 0), Eigen::Vector3i(-1, 7, -300), Eigen::Vector3i(5000, -1, 2)}) {
    const DrawingAtoms atoms = random_atoms(tile, 300, random);
    DrawingAtoms read;
    decode_drawing(tile, encode_drawing(tile, atoms), read);
    REQUIRE(read.size() == atoms.size());
    CHECK(read.element == atoms.element);
    CHECK(read.flags == atoms.flags);
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      CHECK(std::abs(read.x_A[i] - atoms.x_A[i]) <= 0.000251);
      CHECK(std::abs(read.y_A[i] - atoms.y_A[i]) <= 0.000251);
      CHECK(std::abs(read.z_A[i] - atoms.z_A[i]) <= 0.000251);
      CHECK(read.occupancy[i] == Approx(atoms.occupancy[i]).margin(1e-6));
    }
  }
}

TEST_CASE("Coordinates of three decimals are kept exactly, on a tile's edges too") {
  const Eigen::Vector3i tile(1, 0, 0);
  DrawingAtoms atoms;
  for (const double x : {24.0, 24.001, 33.457, 47.999}) {
    atoms.x_A.push_back(x);
    atoms.y_A.push_back(0);
    atoms.z_A.push_back(15.999);
    atoms.occupancy.push_back(1);
    atoms.element.push_back(6);
    atoms.flags.push_back(0);
  }
  DrawingAtoms read;
  decode_drawing(tile, encode_drawing(tile, atoms), read);
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    CHECK(read.x_A[i] == Approx(atoms.x_A[i]).epsilon(1e-14));
    CHECK(read.y_A[i] == atoms.y_A[i]);
    CHECK(read.z_A[i] == Approx(15.999).epsilon(1e-14));
  }
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
  const auto blob = encode_drawing(tile, random_atoms(tile, 20, random));
  for (std::size_t size = 0; size < blob.size(); ++size) {
    DrawingAtoms atoms;
    CHECK_THROWS_AS(decode_drawing(tile, std::span(blob).first(size), atoms), DatabaseError);
  }
  auto longer = blob;
  longer.push_back(0);
  DrawingAtoms atoms;
  CHECK_THROWS_AS(decode_drawing(tile, longer, atoms), DatabaseError);
  auto newer = blob;
  newer[0] = 2;
  CHECK_THROWS_WITH(decode_drawing(tile, newer, atoms), testing::contains("layout"));
}
