#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>

#include "database/gym_reader.h"
#include "database/tile_codec.h"

namespace mmgym {

/// Atoms with all stored columns. `drawing` and `annotation` contain the same atoms in the same
/// order. A residue in several tiles occurs once per tile in annotation.residues.
struct AnnotatedAtoms {
  DrawingAtoms drawing;
  AtomAnnotations annotation;

  std::size_t size() const { return drawing.size(); }
};

struct AssemblyId {
  std::int64_t id;
  std::int64_t atom_count;  // of the whole assembly, stored or not
};

/// Reads atoms with their annotation. Not thread-safe. The GymReader must outlive it. All functions
/// throw DatabaseError if a tile is damaged.
class AnnotatedAtomReader {
 public:
  explicit AnnotatedAtomReader(GymReader& reader);

  /// Finds an assembly by its PDB ids. Throws DatabaseError with the reason if it is missing.
  AssemblyId find_assembly(const std::string& structure_pdb_id, const std::string& assembly_pdb_id);

  /// Reads all stored atoms of an assembly.
  AnnotatedAtoms all(std::int64_t assembly_id);

  /// Reads all atoms in the tiles that overlap a box: the atoms in the box and some around it.
  AnnotatedAtoms near_box(std::int64_t assembly_id, const Eigen::Array3d& low_A,
                          const Eigen::Array3d& high_A);

 private:
  /// The reason why an assembly is missing, for an error message.
  std::string explain_missing(const std::string& structure_pdb_id,
                              const std::string& assembly_pdb_id);

  GymReader& reader_;
  Statement assembly_;
  Statement tiles_;
  Statement tiles_in_box_;
};

}  // namespace mmgym
