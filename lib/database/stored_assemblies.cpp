#include "database/stored_assemblies.h"

namespace mmgym {

StoredAssemblies::StoredAssemblies(GymReader& reader)
    : connection_(reader.connection()),
      facts_(reader.connection(),
             "SELECT structure.pdb_id, assembly.pdb_id, assembly.atom_count FROM assembly "
             "JOIN structure ON structure.id = assembly.struct_id WHERE assembly.id = ?"),
      tiles_(reader.connection(),
             "SELECT x, y, z FROM atom_tile WHERE assembly_id = ? ORDER BY x, y, z"),
      annotated_tiles_(reader.connection(),
                       "SELECT count(1) FROM atom_annotation WHERE assembly_id = ?"),
      zones_(reader.connection(),
             "SELECT id, center_x_A, center_y_A, center_z_A FROM zone WHERE assembly_id = ?") {}

std::optional<StoredAssemblies::Facts> StoredAssemblies::facts(std::int64_t assembly_id) {
  if (!facts_.first_row(assembly_id)) return std::nullopt;
  return Facts{std::string(facts_.name(0)), std::string(facts_.name(1)), facts_.integer(2)};
}

std::int64_t StoredAssemblies::tile_count() {
  return single_integer(connection_, "SELECT count(1) FROM atom_tile");
}

std::vector<Eigen::Vector3i> StoredAssemblies::tiles(std::int64_t assembly_id) {
  std::vector<Eigen::Vector3i> found;
  for (bool row = tiles_.first_row(assembly_id); row; row = tiles_.next_row()) {
    Eigen::Vector3i& tile = found.emplace_back();
    for (int axis = 0; axis < 3; ++axis)
      tile[axis] = static_cast<int>(tiles_.integer(axis, -kMostTile, kMostTile));
  }
  return found;
}

std::int64_t StoredAssemblies::annotated_tiles(std::int64_t assembly_id) {
  annotated_tiles_.first_row(assembly_id);
  return annotated_tiles_.integer(0);
}

std::vector<StoredAssemblies::ZoneCenter> StoredAssemblies::zone_centers(std::int64_t assembly_id) {
  std::vector<ZoneCenter> found;
  for (bool row = zones_.first_row(assembly_id); row; row = zones_.next_row()) {
    ZoneCenter& zone = found.emplace_back();
    zone.zone_id = zones_.integer(0);
    for (int axis = 0; axis < 3; ++axis)
      zone.center_A[axis] = zones_.real(1 + axis, kMostPosition_A);
  }
  return found;
}

}  // namespace mmgym
