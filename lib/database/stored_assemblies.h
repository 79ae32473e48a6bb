#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "database/gym_reader.h"

namespace mmgym {

/// Reads what a database has of each assembly, except its atoms. The functions throw DatabaseError
/// for values of the wrong type or out of range.
class StoredAssemblies {
 public:
  explicit StoredAssemblies(GymReader& reader);

  struct Facts {
    std::string structure_pdb_id;
    std::string pdb_id;
    std::int64_t atom_count = 0;  // of the whole assembly
  };
  /// Nothing if the assembly or its structure does not exist.
  std::optional<Facts> facts(std::int64_t assembly_id);

  /// The number of tiles of all assemblies.
  std::int64_t tile_count();
  /// The tiles with atoms, in the order of x, y, z.
  std::vector<Eigen::Vector3i> tiles(std::int64_t assembly_id);
  /// How many tiles have annotations.
  std::int64_t annotated_tiles(std::int64_t assembly_id);

  struct ZoneCenter {
    std::int64_t zone_id;
    Eigen::Vector3d center_A;
  };
  std::vector<ZoneCenter> zone_centers(std::int64_t assembly_id);

 private:
  Connection& connection_;
  Statement facts_;
  Statement tiles_;
  Statement annotated_tiles_;
  Statement zones_;
};

}  // namespace mmgym
