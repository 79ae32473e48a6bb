#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>

#include "database/gym_reader.h"
#include "database/tile_codec.h"

namespace mmgym {

/// Atoms with all that is stored of them: the n-th of `drawing` is the n-th of `annotation`. A
/// residue that lies in several tiles occurs once for each among annotation.residues.
struct AnnotatedAtoms {
  DrawingAtoms drawing;
  AtomAnnotations annotation;

  std::size_t size() const { return drawing.size(); }
};

struct AssemblyId {
  std::int64_t id;
  std::int64_t atom_count;  // of the whole assembly, stored or not
};

/// Reads atoms with their annotation. Belongs to one thread, and ends before the reader that it
/// uses. All functions throw DatabaseError where a tile is damaged.
class AnnotatedAtomReader {
 public:
  explicit AnnotatedAtomReader(GymReader& reader);

  /// The assembly of these PDB ids. Throws DatabaseError, which tells why, if there is none.
  AssemblyId find_assembly(const std::string& structure_pdb_id, const std::string& assembly_pdb_id);

  /// All atoms of an assembly that are stored.
  AnnotatedAtoms all(std::int64_t assembly_id);

  /// All atoms in the tiles that a box of stored coordinates touches: those in the box, and some
  /// around it.
  AnnotatedAtoms near_box(std::int64_t assembly_id, const Eigen::Array3d& low_A,
                          const Eigen::Array3d& high_A);

 private:
  /// What to tell whoever asks for an assembly that is not there.
  std::string why_not(const std::string& structure_pdb_id, const std::string& assembly_pdb_id);

  GymReader& reader_;
  Statement assembly_;
  Statement tiles_;
  Statement tile_;
};

}  // namespace mmgym
