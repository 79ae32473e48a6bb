#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chemistry/element.h"
#include "database/sqlite.h"

namespace mmgym {

/// Edge of the cubes in which atoms are stored. Samples of 24 A views are read and culled fastest
/// at this edge (tests/bench/tile_bench.cpp).
inline constexpr double kAtomTileEdge_A = 24;
/// The largest edge that the codec supports.
inline constexpr double kMostTileEdge_A = 32;

/// The longest name of an atom, residue, chain, subchain or entity.
inline constexpr std::size_t kMostNameBytes = 255;

/// Properties of an atom that drawing may depend on.
enum AtomFlags : std::uint8_t {
  kIsPolymer = 1,    // part of a polymer; else of a ligand
  kOutOfBounds = 2,  // further than atom_inclusion_radius_A from all zones
};

/// The columns of atoms that drawing needs.
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

/// A residue in an assembly.
struct AnnotatedResidue {
  std::string chain_id;       // auth_asym_id
  std::string subchain_id;    // label_asym_id
  std::string entity_id;      // label_entity_id
  std::string comp_id;        // label_comp_id
  std::string author_seq_id;  // auth_seq_id and the insertion code
  std::optional<int> seq_id;  // label_seq_id
  std::uint32_t symmetry_mate = 0;
  std::optional<int> polymer_label;  // index into metadata's polymer_labels
  std::optional<int> cath_label;     // index into metadata's cath_labels

  bool operator==(const AnnotatedResidue&) const = default;
};

/// The columns of atoms that drawing does not need.
struct AtomAnnotations {
  std::vector<AnnotatedResidue> residues;
  std::vector<std::uint32_t> residue;  // index into residues
  std::vector<std::string> name;       // label_atom_id
  std::vector<char> alt_id;            // 0 for none
  std::vector<float> b_factor;

  std::size_t size() const { return residue.size(); }
};

/// A blob that is damaged or has an unknown layout. what() does not say where it is.
class DamagedTile : public DatabaseError {
 public:
  using DatabaseError::DatabaseError;
};

/// Returns a position as decode_drawing() will give it, for an atom in this tile.
Eigen::Vector3d stored_position_A(const Eigen::Vector3i& tile, const Eigen::Vector3d& position_A,
                                  double edge_A = kAtomTileEdge_A);

/// Encodes the atoms of a tile. Occupancies are in [0, 1]. Throws InputError above 65,535 atoms.
std::vector<std::uint8_t> encode_drawing(const Eigen::Vector3i& tile, const DrawingAtoms& atoms,
                                         double edge_A = kAtomTileEdge_A);

/// Decodes a blob and appends its atoms. Throws DamagedTile.
void decode_drawing(const Eigen::Vector3i& tile, std::span<const std::uint8_t> blob,
                    DrawingAtoms& atoms, double edge_A = kAtomTileEdge_A);

/// Encode and decode annotations. Blobs for drawing and annotation must have the same order of
/// atoms. Throw InputError and DamagedTile as above; InputError also above kMostNameBytes.
std::vector<std::uint8_t> encode_annotation(const AtomAnnotations& atoms);
void decode_annotation(std::span<const std::uint8_t> blob, AtomAnnotations& atoms);

}  // namespace mmgym
