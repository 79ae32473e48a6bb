#include "database/annotated_atoms.h"

#include <sql.h>

#include "geometry/cell_list.h"

namespace mmgym {
namespace {

/// Appends the atoms of a row: x, y, z, drawing, annotation.
void decode(GymReader& reader, std::int64_t assembly_id, const Statement& row,
            AnnotatedAtoms& atoms) {
  Eigen::Vector3i tile;
  for (int axis = 0; axis < 3; ++axis)
    tile[axis] = static_cast<int>(row.integer(axis, -kMostTile, kMostTile));
  try {
    decode_drawing(tile, row.blob(3), atoms.drawing);
    decode_annotation(row.blob(4), atoms.annotation);
  } catch (const DamagedTile& error) {
    reader.fail_tile(assembly_id, tile, error.what());
  }
  if (atoms.drawing.size() != atoms.annotation.size())
    reader.fail_tile(assembly_id, tile, "its annotation has another number of atoms");
}

}  // namespace

AnnotatedAtomReader::AnnotatedAtomReader(GymReader& reader)
    : reader_(reader),
      assembly_(reader.connection(), sql::select_assembly),
      tiles_(reader.connection(), sql::select_tiles_with_annotation),
      tiles_in_box_(reader.connection(), sql::select_tiles_in_box) {}

std::string AnnotatedAtomReader::explain_missing(const std::string& structure_pdb_id,
                                                 const std::string& assembly_pdb_id) {
  Statement rejected(reader_.connection(), sql::select_rejection);
  if (rejected.first_row(structure_pdb_id, assembly_pdb_id))
    return "build-db rejected it: " + std::string(rejected.text(0));
  Statement others(reader_.connection(), sql::select_assemblies_of_structure);
  std::string ids;
  for (bool row = others.first_row(structure_pdb_id); row; row = others.next_row())
    ids += (ids.empty() ? "" : ", ") + std::string(others.name(0));
  if (!ids.empty()) return "the database has " + ids;
  return "the structure was not among the input files of build-db";
}

AssemblyId AnnotatedAtomReader::find_assembly(const std::string& structure_pdb_id,
                                              const std::string& assembly_pdb_id) {
  if (!assembly_.first_row(structure_pdb_id, assembly_pdb_id))
    throw DatabaseError(reader_.path().string() + ": no assembly " + structure_pdb_id + "/" +
                        assembly_pdb_id + "; " +
                        explain_missing(structure_pdb_id, assembly_pdb_id));
  constexpr std::int64_t kMostAtoms = std::int64_t{1} << 40;
  return {assembly_.integer(0), assembly_.integer(1, 0, kMostAtoms)};
}

AnnotatedAtoms AnnotatedAtomReader::all(std::int64_t assembly_id) {
  AnnotatedAtoms atoms;
  for (bool row = tiles_.first_row(assembly_id); row; row = tiles_.next_row())
    decode(reader_, assembly_id, tiles_, atoms);
  return atoms;
}

AnnotatedAtoms AnnotatedAtomReader::near_box(std::int64_t assembly_id, const Eigen::Array3d& low_A,
                                             const Eigen::Array3d& high_A) {
  AnnotatedAtoms atoms;
  const Eigen::Vector3i first = cell_of(low_A, kAtomTileEdge_A);
  const Eigen::Vector3i last = cell_of(high_A, kAtomTileEdge_A);
  for (bool row = tiles_in_box_.first_row(assembly_id, first.x(), last.x(), first.y(), last.y(),
                                          first.z(), last.z());
       row; row = tiles_in_box_.next_row())
    decode(reader_, assembly_id, tiles_in_box_, atoms);
  return atoms;
}

}  // namespace mmgym
