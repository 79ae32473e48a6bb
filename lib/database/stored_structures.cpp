#include "database/stored_structures.h"

#include <sql.h>

namespace mmgym {
namespace {

constexpr std::int64_t kMostCount = std::int64_t{1} << 40;

int mate_in(const Statement& row, int column) {
  return static_cast<int>(row.integer(column, 0, INT32_MAX));
}

}  // namespace

StoredStructures::StoredStructures(GymReader& reader)
    : assemblies_(reader.connection(),
                  "SELECT id, pdb_id, atom_count FROM assembly WHERE struct_id = ? ORDER BY id"),
      zones_(reader.connection(),
             "SELECT id, center_x_A, center_y_A, center_z_A FROM zone WHERE assembly_id = ? "
             "ORDER BY id"),
      neighbors_(reader.connection(),
                 "SELECT zone_id, neighbor_id FROM zone_neighbor WHERE zone_id BETWEEN ? AND ? "
                 "ORDER BY zone_id, neighbor_id"),
      subchains_(
          reader.connection(),
          "SELECT zone_id, pdb_id, symmetry_mate FROM subchain WHERE zone_id BETWEEN ? AND ? "
          "ORDER BY zone_id"),
      pairs_(reader.connection(),
             "SELECT zone_id, pdb_id_1, symmetry_mate_1, pdb_id_2, symmetry_mate_2 FROM "
             "subchain_pair WHERE zone_id BETWEEN ? AND ? ORDER BY zone_id"),
      tiles_(reader.connection(), sql::select_tiles_with_annotation) {
  Statement rows(reader.connection(),
                 "SELECT id, input_id, pdb_id, model_id, unmodelled_atoms, unsure_residues "
                 "FROM structure");
  for (bool row = rows.first_row(); row; row = rows.next_row()) {
    Structure structure{rows.integer(0), {}};
    structure.rows.pdb_id = rows.name(2);
    structure.rows.model_id = rows.name(3);
    structure.rows.unmodelled_atoms = static_cast<std::size_t>(rows.integer(4, 0, kMostCount));
    structure.rows.unsure_residues = static_cast<std::size_t>(rows.integer(5, 0, kMostCount));
    structures_.emplace(rows.integer(1), std::move(structure));
  }
}

std::optional<StructureRows> StoredStructures::structure(std::int64_t input_id) const {
  const auto found = structures_.find(input_id);
  return found == structures_.end() ? std::nullopt : std::optional(found->second.rows);
}

std::vector<StoredStructures::AssemblyId> StoredStructures::assemblies(std::int64_t input_id) {
  std::vector<AssemblyId> found;
  const auto structure = structures_.find(input_id);
  if (structure == structures_.end()) return found;
  for (bool row = assemblies_.first_row(structure->second.id); row; row = assemblies_.next_row())
    found.push_back({assemblies_.integer(0), std::string(assemblies_.name(1)),
                     static_cast<std::size_t>(assemblies_.integer(2, 0, kMostCount))});
  return found;
}

std::vector<ZoneRow> StoredStructures::zones(std::int64_t assembly_id) {
  std::vector<ZoneRow> found;
  std::vector<std::int64_t> ids;  // ascending
  for (bool row = zones_.first_row(assembly_id); row; row = zones_.next_row()) {
    ids.push_back(zones_.integer(0));
    Eigen::Vector3d& center_A = found.emplace_back().center_A;
    for (int axis = 0; axis < 3; ++axis) center_A[axis] = zones_.real(1 + axis, kMostPosition_A);
  }
  if (ids.empty()) return found;
  // One query for all zones: an assembly has those from the first id to the last.
  const auto for_each_row = [&](Statement& rows, const auto& add) {
    std::size_t zone = 0;
    for (bool row = rows.first_row(ids.front(), ids.back()); row; row = rows.next_row()) {
      while (zone < ids.size() && ids[zone] < rows.integer(0)) ++zone;
      if (zone < ids.size() && ids[zone] == rows.integer(0)) add(found[zone]);
    }
  };
  for_each_row(neighbors_, [this](ZoneRow& zone) {
    zone.neighbors.push_back(static_cast<int>(neighbors_.integer(1, 0, kMostNeighbors)));
  });
  for_each_row(subchains_, [this](ZoneRow& zone) {
    zone.subchains.push_back({std::string(subchains_.name(1)), mate_in(subchains_, 2)});
  });
  for_each_row(pairs_, [this](ZoneRow& zone) {
    zone.pairs.push_back({{std::string(pairs_.name(1)), mate_in(pairs_, 2)},
                          {std::string(pairs_.name(3)), mate_in(pairs_, 4)}});
  });
  return found;
}

std::vector<TileRow> StoredStructures::tiles(std::int64_t assembly_id) {
  std::vector<TileRow> found;
  for (bool row = tiles_.first_row(assembly_id); row; row = tiles_.next_row()) {
    TileRow& tile = found.emplace_back();
    for (int axis = 0; axis < 3; ++axis)
      tile.tile[axis] = static_cast<int>(tiles_.integer(axis, -kMostTile, kMostTile));
    const auto drawing = tiles_.blob(3);
    tile.drawing.assign(drawing.begin(), drawing.end());
    const auto annotation = tiles_.blob(4);
    tile.annotation.assign(annotation.begin(), annotation.end());
  }
  return found;
}

}  // namespace mmgym
