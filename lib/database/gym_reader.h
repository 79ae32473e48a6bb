#pragma once

#include <Eigen/Core>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "database/sqlite.h"
#include "database/tile_codec.h"

namespace mmgym {

/// A zone with the names of its assembly, structure and split.
struct ZoneInfo {
  std::int64_t zone_id;
  std::int64_t assembly_id;
  Eigen::Vector3d center_A;
  std::string structure_pdb_id;
  std::string model_id;
  std::string assembly_pdb_id;
  std::string split;  // empty: in no split
};

/// How the neighbors of a zone are found: by the primary key or, for comparison, by reading the
/// whole table.
enum class NeighborLookup { index, scan };

/// No zone is farther from the origin. Entries have coordinates up to 1e5 A.
inline constexpr double kMostPosition_A = 1e7;
/// No tile has a greater number along an axis.
inline constexpr std::int64_t kMostTile = 1 << 20;
/// More than the faces of all polyhedra together.
inline constexpr int kMostNeighbors = 100;

/// Opens a gym database, and expects it to be damaged: see check_schema(). Rolls back the
/// unfinished changes of a killed process if this process may write to the file. Throws
/// DatabaseError if the file is missing, cannot be opened, is not a gym database, or has another
/// schema version. Throws MachineError.
Connection open_gym(const std::filesystem::path& path, Connection::Mode mode);

/// Reads a gym database. Not thread-safe: each thread needs its own reader.
class GymReader {
 public:
  /// Throws what open_gym() throws.
  explicit GymReader(const std::filesystem::path& path,
                     NeighborLookup neighbor_lookup = NeighborLookup::index);

  /// While a snapshot exists, the database does not change, and writers wait. Reading is also
  /// faster, because the file is locked once and not for each statement.
  class Snapshot {
   public:
    explicit Snapshot(GymReader& reader) : reader_(reader) { reader_.begin_.run(); }
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

   private:
    GymReader& reader_;
  };

  /// The JSON text of a metadata value. Throws DatabaseError if there is none.
  std::string metadata(const std::string& key);
  /// A positive number up to `most`, or a list of texts. Throw DatabaseError for any other value.
  double positive_metadata(const std::string& key, double most = 1e6);
  std::vector<std::string> metadata_texts(const std::string& key);

  /// The JSON text of the database's id: 32 hexadecimal digits.
  std::string database_id();

  /// Names of all splits, in the order of their ids.
  std::vector<std::string> splits();

  /// Ids of all zones, or of the zones in a split, ascending.
  std::vector<std::int64_t> zone_ids();
  std::vector<std::int64_t> zone_ids(const std::string& split);
  /// Ids of zones whose mean difficulty in the curriculum is below this, ascending.
  std::vector<std::int64_t> zone_ids_easier_than(double difficulty);

  /// Throws DatabaseError if the zone does not exist.
  ZoneInfo zone(std::int64_t zone_id);

  /// Offsets of all neighbors by id, at most kMostNeighbors.
  std::vector<Eigen::Vector3d> neighbor_offsets_A();

  /// Ids of a zone's neighbors, ascending. Replaces the content of `neighbors`.
  void zone_neighbors(std::int64_t zone_id, std::vector<int>& neighbors);

  /// SQLite's query plan for zone_neighbors(): "SEARCH zone_neighbor USING PRIMARY KEY
  /// (zone_id=?)".
  std::string zone_neighbors_plan();

  /// Calls `on_tile(z, blob)` for each tile (x, y, z_first ... z_last) with atoms, in order of z.
  /// decode_drawing() decodes the blob. The whole column takes one query.
  template <typename OnTile>
  void read_column(std::int64_t assembly_id, int x, int y, int z_first, int z_last,
                   const OnTile& on_tile) {
    for (bool row = column_.first_row(assembly_id, x, y, z_first, z_last); row;
         row = column_.next_row())
      on_tile(static_cast<int>(column_.integer(0, z_first, z_last)), column_.blob(1));
  }

  /// Throws DatabaseError, for a tile whose bytes are wrong.
  [[noreturn]] void fail_tile(std::int64_t assembly_id, const Eigen::Vector3i& tile,
                              const std::string& what) const;

  /// Appends the annotations of one tile's atoms; none if the tile is empty.
  void read_annotation(std::int64_t assembly_id, const Eigen::Vector3i& tile,
                       AtomAnnotations& atoms);

  Connection& connection() { return connection_; }
  const std::filesystem::path& path() const { return connection_.path(); }

 private:
  [[noreturn]] void fail(const std::string& what) const;

  Connection connection_;
  Statement begin_;
  Statement end_;
  const char* zone_neighbors_sql_;
  Statement zone_;
  Statement zone_neighbors_;
  Statement column_;
  Statement annotation_;
};

}  // namespace mmgym
