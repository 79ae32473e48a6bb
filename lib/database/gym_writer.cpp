#include "database/gym_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sql.h>
#include <unistd.h>

#include "base/md5.h"
#include "database/fingerprint.h"

namespace mmgym {
namespace {

constexpr const char* kInputsKey = "inputs_md5";

void remove_database(const std::filesystem::path& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal", "-shm"})
    std::filesystem::remove(path.string() + suffix, ignored);
}

void sync_to_disk(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!synced) throw DatabaseError(path.string() + ": cannot be brought to the disk");
}

/// Opens a database for writing by this process alone. A commit survives the end of the process,
/// and the file stays whole in a power failure, which may cost the last commits.
Connection open_for_build(const std::filesystem::path& path) {
  Connection connection(path, Connection::Mode::create);
  connection.execute(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; "
      "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;");
  return connection;
}

std::int64_t single_integer(Connection& connection, const std::string& sql) {
  Statement statement(connection, sql);
  return statement.first_row() ? statement.integer(0) : 0;
}

/// Tells inputs by their paths and sizes, in order.
std::string inputs_digest(const std::vector<InputFile>& inputs) {
  Md5 sum;
  for (const auto& input : inputs) {
    const std::string line = fmt::format("{}\n{}\n", input.path, input.size);
    sum.update(std::as_bytes(std::span(line)));
  }
  return sum.hex();
}

}  // namespace

struct GymWriter::Statements {
  explicit Statements(Connection& connection)
      : structure(connection, sql::insert_structure),
        entity(connection, "INSERT INTO entity VALUES (?, ?, nullif(?, ''), ?)"),
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
        rejected(connection, "INSERT INTO rejected VALUES (?, nullif(?, ''), nullif(?, ''), ?, ?)"),
        first_with_id(connection,
                      "SELECT path FROM build_input WHERE pdb_id = ? ORDER BY id LIMIT 1"),
        input_path(connection, "SELECT path FROM build_input WHERE id = ?"),
        input_done(connection,
                   "UPDATE build_input SET done = 1, pdb_id = nullif(?, '') WHERE id = ?") {}

  Statement structure;
  Statement entity;
  Statement assembly;
  Statement zone;
  Statement zone_neighbor;
  Statement subchain;
  Statement subchain_pair;
  Statement tile;
  Statement annotation;
  Statement rejected;
  Statement first_with_id;
  Statement input_path;
  Statement input_done;
};

GymWriter::GymWriter(const std::filesystem::path& path, const Metadata& metadata,
                     const std::vector<InputFile>& inputs,
                     const std::vector<Eigen::Vector3d>& neighbor_offsets_A)
    : path_(path),
      partial_path_(path.string() + ".partial"),
      connection_(open_for_build(partial_path_)) {
  Metadata all = metadata;
  all[kInputsKey] = '"' + inputs_digest(inputs) + '"';
  // The marks are set with the first commit: without them there is nothing to go on with.
  if (single_integer(connection_, "PRAGMA application_id") == kApplicationId)
    require_same(all, inputs);
  else
    begin(all, inputs, neighbor_offsets_A);

  counts_ = count_rows(connection_);
  // The table of inputs is dropped last; without it there is nothing left to write.
  const bool has_inputs =
      single_integer(connection_,
                     "SELECT count(*) FROM sqlite_schema WHERE name = 'build_input'") != 0;
  inputs_done_ = has_inputs ? static_cast<std::size_t>(single_integer(
                                  connection_, "SELECT count(*) FROM build_input WHERE done"))
                            : inputs.size();
  if (has_inputs) statements_ = std::make_unique<Statements>(connection_);
}

GymWriter::~GymWriter() = default;

void GymWriter::begin(const Metadata& metadata, const std::vector<InputFile>& inputs,
                      const std::vector<Eigen::Vector3d>& neighbor_offsets_A) {
  Transaction transaction(connection_);
  connection_.execute(sql::schema);
  connection_.execute(sql::build);
  Statement add_metadata(connection_, "INSERT INTO metadata VALUES (?, ?)");
  for (const auto& [key, value] : metadata) add_metadata.run(key, value);
  Statement add_neighbor(connection_, "INSERT INTO neighbor VALUES (?, ?, ?, ?)");
  for (std::size_t i = 0; i < neighbor_offsets_A.size(); ++i) {
    const auto& offset = neighbor_offsets_A[i];
    add_neighbor.run(i, offset.x(), offset.y(), offset.z());
  }
  Statement add_input(connection_, "INSERT INTO build_input (id, path, size) VALUES (?, ?, ?)");
  for (std::size_t i = 0; i < inputs.size(); ++i)
    add_input.run(i, inputs[i].path, static_cast<std::int64_t>(inputs[i].size));
  connection_.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                                  kApplicationId, kSchemaVersion));
  transaction.commit();
}

void GymWriter::require_same(const Metadata& metadata, const std::vector<InputFile>& inputs) {
  std::string differences;
  const auto differs = [&differences](const std::string& what) {
    differences += (differences.empty() ? "" : "; ") + what;
  };
  Statement select(connection_, "SELECT value FROM metadata WHERE key = ?");
  for (const auto& [key, value] : metadata) {
    const std::string there = select.first_row(key) ? std::string(select.text(0)) : "not set";
    if (there != value && key != kInputsKey)
      differs(fmt::format("{} is {} there, {} here", key, there, value));
  }
  select.first_row(kInputsKey);
  if (select.text(0) != metadata.at(kInputsKey)) {
    std::string which = "their number";
    if (single_integer(connection_,
                       "SELECT count(*) FROM sqlite_schema WHERE name = 'build_input'") != 0) {
      Statement input(connection_, "SELECT path, size FROM build_input WHERE id = ?");
      for (std::size_t i = 0; i < inputs.size() && input.first_row(i); ++i) {
        if (input.text(0) == inputs[i].path &&
            input.integer(1) == static_cast<std::int64_t>(inputs[i].size))
          continue;
        which = fmt::format("number {} is {} ({} bytes) there, {} ({} bytes) here", i + 1,
                            input.text(0), input.integer(1), inputs[i].path, inputs[i].size);
        break;
      }
    }
    differs("the inputs differ: " + which);
  }
  if (!differences.empty())
    throw DatabaseError(fmt::format(
        "{} is a build in progress with other parameters: {}; run the same command again to go on, "
        "or remove that file to start over",
        partial_path_.string(), differences));
}

std::vector<RejectedRow> GymWriter::write(InputOutcome outcome) {
  Transaction transaction(connection_);
  const GymCounts before = counts_;
  try {
    if (!outcome.pdb_id.empty() && statements_->first_with_id.first_row(outcome.pdb_id)) {
      const std::string first(statements_->first_with_id.text(0));
      statements_->input_path.first_row(inputs_done_);
      outcome.structures.clear();
      outcome.rejected = {
          {std::string(statements_->input_path.text(0)), outcome.pdb_id, "", "read",
           fmt::format("PDB id {} was already read from {}", outcome.pdb_id, first)}};
    }
    for (const auto& rejected : outcome.rejected) {
      statements_->rejected.run(rejected.path, rejected.pdb_id, rejected.assembly_pdb_id,
                                rejected.stage, rejected.reason);
      ++counts_.rejected;
    }
    for (const auto& structure : outcome.structures) write_structure(structure);
    statements_->input_done.run(outcome.pdb_id, inputs_done_);
    transaction.commit();
  } catch (...) {
    counts_ = before;
    throw;
  }
  ++inputs_done_;
  return outcome.rejected;
}

void GymWriter::write_structure(const StructureRows& structure) {
  const QualityRow& q = structure.quality;
  statements_->structure.run(structure.pdb_id, structure.model_id, structure.rank, q.method,
                             q.deposition_date, q.resolution_A, q.resolution_bin, q.r_work,
                             q.r_free, q.clashscore, q.clashscore_bin, q.nmr_restraints, q.q_score);
  const auto structure_id = connection_.last_insert_id();
  ++counts_.structures;
  for (const auto& entity : structure.entities)
    statements_->entity.run(structure_id, entity.pdb_id, entity.polymer_type, entity.cluster);
  for (const auto& assembly : structure.assemblies) write_assembly(structure_id, assembly);
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

std::vector<WrittenSubchains> GymWriter::written_subchains() {
  std::vector<WrittenSubchains> written;
  Statement subchains(connection_, sql::select_written_subchains);
  for (bool row = subchains.first_row(); row; row = subchains.next_row())
    written.push_back({std::string(subchains.text(0)), std::string(subchains.text(1)), ""});
  Statement pairs(connection_, sql::select_written_pairs);
  for (bool row = pairs.first_row(); row; row = pairs.next_row())
    written.push_back(
        {std::string(pairs.text(0)), std::string(pairs.text(1)), std::string(pairs.text(2))});
  return written;
}

void GymWriter::finish() {
  statements_.reset();
  {
    Transaction transaction(connection_);
    connection_.execute("DROP TABLE IF EXISTS build_input");
    connection_.execute(sql::indexes);
    // The id first: it is a row that the statistics count, also if this is done for a second time.
    update_database_id(connection_);
    connection_.execute("ANALYZE");
    transaction.commit();
  }
  // Back to one file that read-only users can open, and on disk before it gets its name.
  // The lock goes with the first read after the change of mode.
  connection_.execute(
      "PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM metadata");
  sync_to_disk(partial_path_);
  std::filesystem::rename(partial_path_, path_);
}

void GymWriter::discard() {
  statements_.reset();
  connection_.execute("PRAGMA journal_mode = DELETE");
  remove_database(partial_path_);
}

}  // namespace mmgym
