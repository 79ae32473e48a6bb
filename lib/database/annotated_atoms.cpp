#include "database/annotated_atoms.h"

#include <sql.h>

#include "geometry/cell_list.h"

namespace mmgym {
namespace {

void decode(const Eigen::Vector3i& tile, std::span<const std::uint8_t> drawing,
            std::span<const std::uint8_t> annotation, AnnotatedAtoms& atoms) {
  decode_drawing(tile, drawing, atoms.drawing);
  decode_annotation(annotation, atoms.annotation);
  if (atoms.drawing.size() != atoms.annotation.size())
    throw DatabaseError("an atom tile and its annotation have different numbers of atoms");
}

}  // namespace

AnnotatedAtomReader::AnnotatedAtomReader(GymReader& reader)
    : reader_(reader),
      assembly_(reader.connection(), sql::select_assembly),
      tiles_(reader.connection(), sql::select_tiles_with_annotation),
      tile_(reader.connection(), sql::select_tile_with_annotation) {}

std::string AnnotatedAtomReader::explain_missing(const std::string& structure_pdb_id,
                                                 const std::string& assembly_pdb_id) {
  Statement rejected(reader_.connection(), sql::select_rejection);
  if (rejected.first_row(structure_pdb_id, assembly_pdb_id))
    return "build-db rejected it: " + std::string(rejected.text(0));
  Statement others(reader_.connection(), sql::select_assemblies_of_structure);
  std::string ids;
  for (bool row = others.first_row(structure_pdb_id); row; row = others.next_row())
    ids += (ids.empty() ? "" : ", ") + std::string(others.text(0));
  if (!ids.empty()) return "the database has " + ids;
  return "the structure was not among the input files of build-db";
}

AssemblyId AnnotatedAtomReader::find_assembly(const std::string& structure_pdb_id,
                                              const std::string& assembly_pdb_id) {
  if (!assembly_.first_row(structure_pdb_id, assembly_pdb_id))
    throw DatabaseError(reader_.connection().path().string() + ": no assembly " + structure_pdb_id +
                        "/" + assembly_pdb_id + "; " +
                        explain_missing(structure_pdb_id, assembly_pdb_id));
  return {assembly_.integer(0), assembly_.integer(1)};
}

AnnotatedAtoms AnnotatedAtomReader::all(std::int64_t assembly_id) {
  AnnotatedAtoms atoms;
  for (bool row = tiles_.first_row(assembly_id); row; row = tiles_.next_row()) {
    const Eigen::Vector3i tile(static_cast<int>(tiles_.integer(0)),
                               static_cast<int>(tiles_.integer(1)),
                               static_cast<int>(tiles_.integer(2)));
    decode(tile, tiles_.blob(3), tiles_.blob(4), atoms);
  }
  return atoms;
}

AnnotatedAtoms AnnotatedAtomReader::near_box(std::int64_t assembly_id, const Eigen::Array3d& low_A,
                                             const Eigen::Array3d& high_A) {
  AnnotatedAtoms atoms;
  const Eigen::Vector3i first = cell_of(low_A, kAtomTileEdge_A);
  const Eigen::Vector3i last = cell_of(high_A, kAtomTileEdge_A);
  for (int x = first.x(); x <= last.x(); ++x)
    for (int y = first.y(); y <= last.y(); ++y)
      for (int z = first.z(); z <= last.z(); ++z)
        for (bool row = tile_.first_row(assembly_id, x, y, z); row; row = tile_.next_row())
          decode(Eigen::Vector3i(x, y, z), tile_.blob(0), tile_.blob(1), atoms);
  return atoms;
}

}  // namespace mmgym
