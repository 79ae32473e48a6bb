#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "database/gym_reader.h"
#include "database/rows.h"

namespace mmgym {

/// Reads the rows that GymWriter has written, as rows that it can write again. The functions throw
/// DatabaseError for values of the wrong type or out of range.
class StoredStructures {
 public:
  explicit StoredStructures(GymReader& reader);

  /// The structure of an input, without quality, entities and assemblies; none if it has no zones.
  std::optional<StructureRows> structure(std::int64_t input_id) const;

  struct AssemblyId {
    std::int64_t id;
    std::string pdb_id;
    std::size_t atom_count;
  };
  std::vector<AssemblyId> assemblies(std::int64_t input_id);
  std::vector<ZoneRow> zones(std::int64_t assembly_id);
  std::vector<TileRow> tiles(std::int64_t assembly_id);

 private:
  struct Structure {
    std::int64_t id;
    StructureRows rows;
  };

  std::unordered_map<std::int64_t, Structure> structures_;  // by input
  Statement assemblies_;
  Statement zones_;
  Statement neighbors_;
  Statement subchains_;
  Statement pairs_;
  Statement tiles_;
};

}  // namespace mmgym
