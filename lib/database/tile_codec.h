#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chemistry/element.h"

namespace mmgym {

/// Edge of the cubes in which atoms are stored.
inline constexpr double kAtomTileEdge_A = 16;

/// Facts about an atom that drawing may depend on.
enum AtomFlags : std::uint8_t {
  kIsPolymer = 1,    // part of a polymer; what is not is a ligand
  kOutOfBounds = 2,  // further than atom_inclusion_radius_A from all zones
};

/// What drawing needs of many atoms, column by column.
struct DrawingAtoms {
  std::vector<double> x_A;
  std::vector<double> y_A;
  std::vector<double> z_A;
  std::vector<float> occupancy;
  std::vector<Element> element;
  std::vector<std::uint8_t> flags;  // AtomFlags

  std::size_t size() const { return x_A.size(); }
  void clear();
};

/// What else is known of an atom.
struct AnnotatedAtom {
  std::string chain_id;
  std::string subchain_id;
  std::string entity_id;
  std::string comp_id;
  std::string author_seq_id;
  std::optional<int> seq_id;
  std::uint32_t symmetry_mate = 0;
  std::optional<int> polymer_label;  // index into metadata's polymer_labels
  std::optional<int> cath_label;     // index into metadata's cath_labels
  std::string name;
  char alt_id = 0;
  float b_factor = 0;

  bool operator==(const AnnotatedAtom&) const = default;
};

/// The blob for `atoms[first...]` of one tile. Throws std::length_error above 65,535 atoms.
std::vector<std::uint8_t> encode_drawing(const Eigen::Vector3i& tile, const DrawingAtoms& atoms);

/// Appends the atoms of a blob. Throws DatabaseError where it is damaged or of an unknown layout.
void decode_drawing(const Eigen::Vector3i& tile, std::span<const std::uint8_t> blob,
                    DrawingAtoms& atoms);

/// The same for annotations, of the same atoms in the same order.
std::vector<std::uint8_t> encode_annotation(std::span<const AnnotatedAtom> atoms);
void decode_annotation(std::span<const std::uint8_t> blob, std::vector<AnnotatedAtom>& atoms);

}  // namespace mmgym
