#include "database/gym_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sql.h>
#include <unistd.h>

#include "database/fingerprint.h"

namespace mmgym {
namespace {

std::filesystem::path partial_path(const std::filesystem::path& path) {
  auto partial = path;
  partial += ".partial";
  return partial;
}

void remove_database(const std::filesystem::path& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  std::filesystem::remove(path.string() + "-journal", ignored);
  std::filesystem::remove(path.string() + "-wal", ignored);
  std::filesystem::remove(path.string() + "-shm", ignored);
}

void sync_to_disk(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!synced) throw DatabaseError(path.string() + ": cannot be brought to the disk");
}

Connection create(const std::filesystem::path& path) {
  remove_database(path);
  Connection connection(path, Connection::Mode::create);
  // The journal makes a killed process harmless; waiting for the disk after each structure would
  // guard against a power failure too, at many times the cost. The file is synced before it gets
  // its name.
  connection.execute(
      "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; "
      "PRAGMA cache_size = -65536;");
  connection.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                                 kApplicationId, kSchemaVersion));
  return connection;
}

}  // namespace

struct GymWriter::Statements {
  explicit Statements(Connection& connection)
      : structure(connection, "INSERT INTO structure (pdb_id, model_id) VALUES (?, ?)"),
        assembly(connection,
                 "INSERT INTO assembly (struct_id, pdb_id, atom_count) VALUES (?, ?, ?)"),
        zone(connection,
             "INSERT INTO zone (assembly_id, center_x_A, center_y_A, center_z_A) "
             "VALUES (?, ?, ?, ?)"),
        zone_neighbor(connection, "INSERT INTO zone_neighbor VALUES (?, ?)"),
        subchain(connection, "INSERT INTO subchain VALUES (?, ?, ?)"),
        subchain_pair(connection, "INSERT INTO subchain_pair VALUES (?, ?, ?, ?, ?)"),
        tile(connection, "INSERT INTO atom_tile VALUES (?, ?, ?, ?, ?)"),
        annotation(connection, "INSERT INTO atom_annotation VALUES (?, ?, ?, ?, ?)"),
        rejected(connection,
                 "INSERT INTO rejected VALUES (?, nullif(?, ''), nullif(?, ''), ?, ?)") {}

  Statement structure;
  Statement assembly;
  Statement zone;
  Statement zone_neighbor;
  Statement subchain;
  Statement subchain_pair;
  Statement tile;
  Statement annotation;
  Statement rejected;
};

GymWriter::GymWriter(const std::filesystem::path& path, const Metadata& metadata,
                     const std::vector<Eigen::Vector3d>& neighbor_offsets_A)
    : path_(path), partial_path_(partial_path(path)), connection_(create(partial_path_)) {
  Transaction transaction(connection_);
  connection_.execute(sql::schema);
  Statement add_metadata(connection_, "INSERT INTO metadata VALUES (?, ?)");
  for (const auto& [key, value] : metadata) add_metadata.run(key, value);
  Statement add_neighbor(connection_, "INSERT INTO neighbor VALUES (?, ?, ?, ?)");
  for (std::size_t i = 0; i < neighbor_offsets_A.size(); ++i) {
    const auto& offset = neighbor_offsets_A[i];
    add_neighbor.run(i, offset.x(), offset.y(), offset.z());
  }
  transaction.commit();
  statements_ = std::make_unique<Statements>(connection_);
}

GymWriter::~GymWriter() {
  if (!finished_) remove_database(partial_path_);
}

void GymWriter::write(const StructureRows& structure) {
  Transaction transaction(connection_);
  const GymCounts before = counts_;
  try {
    statements_->structure.run(structure.pdb_id, structure.model_id);
    const auto structure_id = connection_.last_insert_id();
    ++counts_.structures;
    for (const auto& assembly : structure.assemblies) write_assembly(structure_id, assembly);
    transaction.commit();
  } catch (...) {
    counts_ = before;
    throw;
  }
}

void GymWriter::write_assembly(std::int64_t structure_id, const AssemblyRows& assembly) {
  Statements& add = *statements_;
  add.assembly.run(structure_id, assembly.pdb_id, assembly.atom_count);
  const auto assembly_id = connection_.last_insert_id();
  ++counts_.assemblies;
  for (const auto& zone : assembly.zones) {
    add.zone.run(assembly_id, zone.center_A.x(), zone.center_A.y(), zone.center_A.z());
    const auto zone_id = connection_.last_insert_id();
    ++counts_.zones;
    for (const int neighbor : zone.neighbors) add.zone_neighbor.run(zone_id, neighbor);
    counts_.zone_neighbors += static_cast<std::int64_t>(zone.neighbors.size());
    for (const auto& subchain : zone.subchains)
      add.subchain.run(zone_id, subchain.pdb_id, subchain.symmetry_mate);
    for (const auto& [a, b] : zone.pairs)
      add.subchain_pair.run(zone_id, a.pdb_id, a.symmetry_mate, b.pdb_id, b.symmetry_mate);
  }
  for (const auto& [tile, drawing, annotation] : assembly.tiles) {
    using Bytes = std::span<const std::uint8_t>;
    add.tile.run(assembly_id, tile.x(), tile.y(), tile.z(), Bytes(drawing));
    add.annotation.run(assembly_id, tile.x(), tile.y(), tile.z(), Bytes(annotation));
  }
}

void GymWriter::write(const RejectedRow& rejected) {
  statements_->rejected.run(rejected.path, rejected.pdb_id, rejected.assembly_pdb_id,
                            rejected.stage, rejected.reason);
  ++counts_.rejected;
}

void GymWriter::finish() {
  connection_.execute(sql::indexes);
  connection_.execute("ANALYZE");
  update_database_id(connection_);
  statements_.reset();
  // Back to one file that read-only users can open, and on disk before it gets its name.
  connection_.execute("PRAGMA journal_mode = DELETE");
  sync_to_disk(partial_path_);
  std::filesystem::rename(partial_path_, path_);
  finished_ = true;
}

}  // namespace mmgym
