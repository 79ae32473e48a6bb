#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Rows of the gym database. sql/schema.sql explains the columns.

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

/// Figures by which structures are ranked; nothing if no file contains them.
struct QualityRow {
  std::string method;
  std::optional<std::string> deposition_date;
  std::optional<double> resolution_A;
  std::optional<int> resolution_bin;
  std::optional<double> r_work;
  std::optional<double> r_free;
  std::optional<double> clashscore;
  std::optional<int> clashscore_bin;
  std::optional<int> nmr_restraints;
  std::optional<double> q_score;
  bool is_computed = false;
  std::optional<double> mean_plddt = {};
};

struct EntityRow {
  std::string pdb_id;
  std::string polymer_type;  // empty for non-polymers
  std::string cluster;
};

struct StructureRows {
  std::string pdb_id;
  std::string model_id;
  std::vector<AssemblyRows> assemblies;
  std::optional<std::int64_t> rank = {};
  QualityRow quality = {};
  std::vector<EntityRow> entities = {};
  std::size_t unmodelled_atoms = 0;
  std::size_t unsure_residues = 0;
};

/// A subchain (pdb_id_2 is empty) or a pair of subchains in the zones of a structure.
struct WrittenSubchains {
  std::string structure_pdb_id;
  std::string pdb_id_1;
  std::string pdb_id_2;
};

/// Empty ids are stored as NULL.
struct RejectedRow {
  std::string path;
  std::string pdb_id;
  std::string assembly_pdb_id;
  std::string stage;
  std::string reason;
  std::int64_t zones = 0;  // that were found and are not kept
};

}  // namespace mmgym
