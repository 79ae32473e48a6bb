#include "database/gym_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sql.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <set>

#include "base/durable_file.h"
#include "base/lock_holder.h"
#include "base/md5.h"
#include "base/text.h"
#include "database/fingerprint.h"
#include "database/stored_inputs.h"

namespace mmgym {
namespace {

constexpr const char* kInputsKey = "inputs_md5";
constexpr const char* kWrittenBy = "written_by";
/// Metadata on which no row depends, or which is set at the end.
const std::set<std::string> kNotCompared = {kWrittenBy, kInputsKey, "database_id", "split_options"};

/// Suffixes of files that SQLite may leave beside a database.
constexpr std::array kBeside = {"-journal", "-wal", "-shm"};

void remove_database(const std::filesystem::path& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  for (const char* suffix : kBeside) std::filesystem::remove(path.string() + suffix, ignored);
}

/// Returns the path. Throws WriteError if no file can be created or replaced there.
std::filesystem::path writable(const std::filesystem::path& path) {
  const std::string action = "cannot write " + path.string();
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) throw_write_error(EISDIR, action);
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::error_code error;
  const auto type = std::filesystem::status(folder, error).type();
  if (error) throw_write_error(error.value(), action);
  if (type != std::filesystem::file_type::directory) throw_write_error(ENOTDIR, action);
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0)
    throw_write_error(errno, action);
  return path;
}

/// Opens a database for writing by this process alone. A commit survives a crash of the process. A
/// power failure may lose the last commits, but does not damage the file. Throws DatabaseError for
/// a file that is neither new nor a build in progress, and does not change it.
Connection open_for_build(const std::filesystem::path& path) {
  const auto refuse = [&path] {
    throw DatabaseError(path.string() +
                        ": not a build in progress; remove it or give another --db");
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) refuse();
  Connection connection(path, Connection::Mode::create);
  try {
    connection.execute(
        "PRAGMA busy_timeout = 1000; PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 4096; "
        "BEGIN EXCLUSIVE; COMMIT");
  } catch (const NotADatabase&) {
    refuse();
  } catch (const DatabaseInUse&) {
    throw DatabaseInUse(path.string() + ": is being written by " + lock_holder(path) +
                        "; wait for it or stop it");
  }
  if (single_integer(connection, "PRAGMA application_id") != kApplicationId &&
      single_integer(connection, "SELECT count(*) FROM sqlite_schema") != 0)
    refuse();
  connection.execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;");
  return connection;
}

/// Removes a journal of unfinished changes to the database that is replaced. SQLite would roll it
/// back in the new database.
void remove_old_journal(const std::filesystem::path& path) {
  for (const char* suffix : kBeside) {
    const std::filesystem::path journal = path.string() + suffix;
    std::error_code error;
    const bool there = std::filesystem::exists(journal, error);
    if (error) throw_write_error(error.value(), "cannot write " + path.string());
    if (!there) continue;
    remove_durably(path);  // without its journal it may be damaged
    remove_durably(journal);
  }
}

std::string inputs_digest(const std::vector<InputFile>& inputs) {
  Md5 sum;
  for (const auto& input : inputs) {
    const std::string line = fmt::format("{}\n{} {} {}\n", input.name, input.size, input.checksum,
                                         input.report_checksum);
    sum.update(std::as_bytes(std::span(line)));
  }
  return sum.hex();
}

bool is_same_file(const InputFile& there, const InputFile& here) {
  return there.name == here.name && there.size == here.size && there.checksum == here.checksum &&
         there.report_checksum == here.report_checksum;
}

std::string difference(const InputFile& there, const InputFile& here) {
  if (there.name != here.name || there.size != here.size)
    return fmt::format("{} ({} bytes) there, {} ({} bytes) here", there.name, there.size, here.name,
                       here.size);
  return fmt::format("{}, {} has changed", here.name,
                     there.checksum != here.checksum ? "which" : "whose validation report");
}

/// Whether the build has inputs left to write, or finish() left to do.
bool has_progress(Connection& connection) {
  return single_integer(connection,
                        "SELECT count(*) FROM sqlite_schema WHERE name = 'build_progress'") != 0;
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
        rejected(connection,
                 "INSERT INTO rejected VALUES (?, nullif(?, ''), nullif(?, ''), ?, ?, ?)"),
        incomplete(connection, "UPDATE input SET incomplete = 1 WHERE id = ?"),
        input_done(connection, "UPDATE build_progress SET inputs_done = ?") {}

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
  Statement incomplete;
  Statement input_done;
};

GymWriter::GymWriter(const std::filesystem::path& path, Metadata metadata)
    : path_(writable(path)),
      partial_path_(path.string() + ".partial"),
      metadata_(std::move(metadata)),
      connection_(open_for_build(partial_path_)),
      // The first commit sets the application id. Without it there is no build to continue.
      begun_(single_integer(connection_, "PRAGMA application_id") == kApplicationId) {
  if (begun_) require_same_metadata();
}

GymWriter::~GymWriter() {
  if (begun_) return;
  try {
    discard();
  } catch (const Error&) {
    // An empty file remains, which the next build uses.
  }
}

void GymWriter::begin(const std::vector<InputFile>& inputs,
                      const std::vector<Eigen::Vector3d>& neighbor_offsets_A) {
  if (begun_)
    require_same_inputs(inputs);
  else
    start(inputs, neighbor_offsets_A);
  begun_ = true;
  counts_ = count_rows(connection_);
  // finish() drops the table. Without it, all inputs are written.
  if (has_progress(connection_)) {
    inputs_done_ = static_cast<std::size_t>(
        single_integer(connection_, "SELECT inputs_done FROM build_progress"));
    statements_ = std::make_unique<Statements>(connection_);
  } else {
    inputs_done_ = inputs.size();
  }
}

void GymWriter::start(const std::vector<InputFile>& inputs,
                      const std::vector<Eigen::Vector3d>& neighbor_offsets_A) {
  Transaction transaction(connection_);
  connection_.execute(sql::schema);
  connection_.execute(sql::build);
  Statement add_metadata(connection_, "INSERT INTO metadata VALUES (?, ?)");
  for (const auto& [key, value] : metadata_) add_metadata.run(key, value);
  add_metadata.run(kInputsKey, '"' + inputs_digest(inputs) + '"');
  Statement add_neighbor(connection_, "INSERT INTO neighbor VALUES (?, ?, ?, ?)");
  for (std::size_t i = 0; i < neighbor_offsets_A.size(); ++i) {
    const auto& offset = neighbor_offsets_A[i];
    add_neighbor.run(i, offset.x(), offset.y(), offset.z());
  }
  Statement add_input(connection_, "INSERT INTO input VALUES (?, ?, ?, ?, ?, ?, ?, 0)");
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const InputFile& input = inputs[i];
    add_input.run(i, printable(input.path), input.name, input.size, std::int64_t{input.checksum},
                  std::int64_t{input.report_checksum}, input.census);
  }
  connection_.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                                  kApplicationId, kSchemaVersion));
  transaction.commit();
}

void GymWriter::require_same_metadata() {
  const auto version = single_integer(connection_, "PRAGMA user_version");
  if (version != kSchemaVersion)
    refuse(fmt::format("the schema version is {} there, {} here", version, kSchemaVersion));
  const std::string differences =
      metadata_differences(read_metadata(connection_), metadata_, kNotCompared);
  if (!differences.empty()) refuse(differences);
}

void GymWriter::require_same_inputs(const std::vector<InputFile>& inputs) {
  Statement digest(connection_, "SELECT value FROM metadata WHERE key = ?");
  if (digest.first_row(kInputsKey) && digest.text(0) == '"' + inputs_digest(inputs) + '"') return;
  std::size_t count = 0;
  for_each_input(connection_, [&](std::int64_t, const InputFile& there) {
    if (count < inputs.size() && !is_same_file(there, inputs[count]))
      refuse(fmt::format("the inputs differ: number {} is {}", count + 1,
                         difference(there, inputs[count])));
    ++count;
  });
  refuse(fmt::format("the inputs differ: there are {} there, {} here", count, inputs.size()));
}

void GymWriter::refuse(const std::string& differences) const {
  throw DatabaseError(fmt::format(
      "{}: a build in progress with other parameters: {}; repeat its command to continue it, or "
      "remove the file to start over",
      partial_path_.string(), differences));
}

void GymWriter::write(const InputOutcome& outcome) {
  Transaction transaction(connection_);
  const GymCounts before = counts_;
  try {
    for (const auto& rejected : outcome.rejected) {
      // Names of files need not be UTF-8, which SQLite and its readers expect of a text.
      statements_->rejected.run(printable(rejected.path), rejected.pdb_id, rejected.assembly_pdb_id,
                                rejected.stage, printable(rejected.reason), rejected.zones);
      ++counts_.rejected;
    }
    for (const auto& structure : outcome.structures) write_structure(structure);
    if (outcome.incomplete) {
      statements_->incomplete.run(inputs_done_);
      ++counts_.incomplete;
    }
    statements_->input_done.run(inputs_done_ + 1);
    transaction.commit();
  } catch (...) {
    counts_ = before;
    throw;
  }
  ++inputs_done_;
}

void GymWriter::write_structure(const StructureRows& structure) {
  const QualityRow& q = structure.quality;
  statements_->structure.run(inputs_done_, structure.pdb_id, structure.model_id, structure.rank,
                             q.method, q.deposition_date, q.resolution_A, q.resolution_bin,
                             q.r_work, q.r_free, q.clashscore, q.clashscore_bin, q.nmr_restraints,
                             q.q_score, int{q.is_computed}, q.mean_plddt,
                             structure.unmodelled_atoms, structure.unsure_residues);
  const auto structure_id = connection_.last_insert_id();
  ++counts_.structures;
  counts_.computed_models += int{q.is_computed};
  counts_.unmodelled_atoms += static_cast<std::int64_t>(structure.unmodelled_atoms);
  counts_.unsure_residues += static_cast<std::int64_t>(structure.unsure_residues);
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

void GymWriter::finish() {
  statements_.reset();
  {
    Transaction transaction(connection_);
    connection_.execute("DROP TABLE IF EXISTS build_progress");
    connection_.execute(sql::indexes);
    Statement update(connection_, "UPDATE metadata SET value = ? WHERE key = ?");
    if (metadata_.contains(kWrittenBy)) update.run(metadata_.at(kWrittenBy), kWrittenBy);
    // Before ANALYZE, which counts the row of the id: a second call of finish() changes nothing.
    update_database_id(connection_);
    connection_.execute("ANALYZE");
    transaction.commit();
  }
  // Back to one file that read-only users can open. The first read after the change of mode
  // releases the lock.
  connection_.execute(
      "PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM metadata");
  remove_old_journal(path_);
  rename_durably(partial_path_, path_);
}

void GymWriter::discard() {
  statements_.reset();
  connection_.execute("PRAGMA journal_mode = DELETE");
  remove_database(partial_path_);
}

}  // namespace mmgym
