#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Rows of the gym database, as they are written and read. sql/schema.sql tells what columns mean.

namespace mmgym {

struct SubchainRow {
  std::string pdb_id;
  int symmetry_mate;
};

struct ZoneRow {
  Eigen::Vector3d center_A;
  std::vector<int> neighbors;
  std::vector<SubchainRow> subchains;
  std::vector<std::pair<SubchainRow, SubchainRow>> pairs;
};

/// Atoms of a tile, encoded (tile_codec.h).
struct TileRow {
  Eigen::Vector3i tile;
  std::vector<std::uint8_t> drawing;
  std::vector<std::uint8_t> annotation;
};

struct AssemblyRows {
  std::string pdb_id;
  std::size_t atom_count;
  std::vector<ZoneRow> zones;
  std::vector<TileRow> tiles;
};

struct StructureRows {
  std::string pdb_id;
  std::string model_id;
  std::vector<AssemblyRows> assemblies;
};

/// Empty ids are stored as NULL.
struct RejectedRow {
  std::string path;
  std::string pdb_id;
  std::string assembly_pdb_id;
  std::string stage;
  std::string reason;
};

}  // namespace mmgym
