#include "database/gym_reader.h"

#include <sql.h>

#include "base/text.h"
#include "database/gym_writer.h"
#include "database/schema_check.h"

namespace mmgym {
namespace {

std::int64_t application_id(Connection& connection) {
  return single_integer(connection, "PRAGMA application_id");
}

/// Rolls back the unfinished changes of a killed process, which needs a writable connection. Throws
/// `original` if this process may not write.
void undo_unfinished_changes(const std::filesystem::path& path, const UnfinishedChanges& original) {
  try {
    Connection connection(path, Connection::Mode::read_write);
    application_id(connection);
  } catch (const DatabaseInUse&) {
    throw;
  } catch (const DatabaseError&) {
    throw original;
  } catch (const MachineError& error) {
    if (is_machine_failure(error.code().value())) throw;
    throw original;  // permission denied
  }
}

}  // namespace

Connection open_gym(const std::filesystem::path& path, Connection::Mode mode) {
  std::error_code ignored;  // SQLite reports other errors
  const auto type = std::filesystem::status(path, ignored).type();
  if (type == std::filesystem::file_type::not_found)
    throw DatabaseError(path.string() + ": no such file; make a database with 'mmgym build-db'");
  if (type == std::filesystem::file_type::directory)
    throw DatabaseError(path.string() +
                        ": a folder, not a gym database; give the file that 'mmgym build-db' made");
  Connection connection(path, mode);
  std::int64_t application = 0;
  try {
    application = application_id(connection);
  } catch (const NotADatabase&) {
    // Reported below, like another program's database.
  } catch (const UnfinishedChanges& error) {
    undo_unfinished_changes(path, error);
    application = application_id(connection);
  }
  if (application != kApplicationId)
    throw DatabaseError(path.string() +
                        ": not a gym database; give the file that 'mmgym build-db' made");
  const auto version = single_integer(connection, "PRAGMA user_version");
  if (version != kSchemaVersion)
    throw DatabaseError(
        path.string() + ": has schema version " + std::to_string(version) +
        ", and this mmgym reads version " + std::to_string(kSchemaVersion) +
        (version > kSchemaVersion ? "; use a newer mmgym" : "; build the database again"));
  // Errors name columns with their tables.
  connection.execute(
      "PRAGMA cell_size_check = ON; PRAGMA short_column_names = OFF; "
      "PRAGMA full_column_names = ON");
  connection.limit_steps();
  check_schema(connection);
  return connection;
}

GymReader::GymReader(const std::filesystem::path& path, NeighborLookup neighbor_lookup)
    : connection_(open_gym(path, Connection::Mode::read_only)),
      begin_(connection_, "BEGIN"),
      end_(connection_, "ROLLBACK"),
      // The + makes zone_id an expression, for which SQLite uses no index.
      zone_neighbors_sql_(neighbor_lookup == NeighborLookup::scan
                              ? "SELECT neighbor_id FROM zone_neighbor WHERE +zone_id = ?"
                              : "SELECT neighbor_id FROM zone_neighbor WHERE zone_id = ?"),
      zone_(connection_, sql::select_zone),
      zone_neighbors_(connection_, zone_neighbors_sql_),
      column_(connection_, sql::select_column_of_tiles),
      annotation_(connection_, sql::select_annotation) {
  // No memory map: a large mapped file would seem to use all memory.
  connection_.execute("PRAGMA query_only = 1; PRAGMA mmap_size = 0;");
}

GymReader::Snapshot::~Snapshot() {
  try {
    reader_.end_.run();
  } catch (const Error&) {
    // An error has already ended the transaction.
  }
}

void GymReader::fail(const std::string& what) const {
  throw DatabaseError(path().string() + " is damaged: " + what);
}

std::string GymReader::metadata(const std::string& key) {
  Statement statement(connection_, "SELECT value FROM metadata WHERE key = ?");
  if (!statement.first_row(key))
    throw DatabaseError(path().string() + ": metadata has no '" + key + "'");
  return std::string(statement.text(0));
}

double GymReader::positive_metadata(const std::string& key, double most) {
  double value = 0;
  if (!parse_number(metadata(key), value) || !(value > 0 && value <= most))
    fail("metadata '" + key + "' is not a positive number in range");
  return value;
}

std::vector<std::string> GymReader::metadata_texts(const std::string& key) {
  metadata(key);  // throws if it is missing
  Statement items(connection_,
                  "SELECT json_type(text) = 'array' AND item.type = 'text', item.atom "
                  "FROM (SELECT CASE WHEN json_valid(value) THEN value ELSE '0' END AS text "
                  "FROM metadata WHERE key = ?), json_each(text) AS item");
  std::vector<std::string> texts;
  for (bool row = items.first_row(key); row; row = items.next_row()) {
    if (items.integer(0) == 0) fail("metadata '" + key + "' is not a list of texts");
    texts.emplace_back(items.text(1));
  }
  return texts;
}

std::string GymReader::database_id() {
  std::string id = metadata("database_id");
  if (id.size() != 34 || id.front() != '"' || id.find_first_not_of("0123456789abcdef", 1) != 33 ||
      id.back() != '"')
    fail("metadata 'database_id' is not an id");
  return id;
}

void GymReader::fail_tile(std::int64_t assembly_id, const Eigen::Vector3i& tile,
                          const std::string& what) const {
  fail("tile (" + std::to_string(tile.x()) + ", " + std::to_string(tile.y()) + ", " +
       std::to_string(tile.z()) + ") of assembly " + std::to_string(assembly_id) + ": " + what);
}

std::vector<std::string> GymReader::splits() {
  Statement statement(connection_, "SELECT name FROM split ORDER BY id");
  std::vector<std::string> names;
  for (bool row = statement.first_row(); row; row = statement.next_row())
    names.emplace_back(statement.name(0));
  return names;
}

std::vector<std::int64_t> GymReader::zone_ids() {
  Statement statement(connection_, "SELECT id FROM zone ORDER BY id");
  std::vector<std::int64_t> ids;
  for (bool row = statement.first_row(); row; row = statement.next_row())
    ids.push_back(statement.integer(0));
  return ids;
}

std::vector<std::int64_t> GymReader::zone_ids(const std::string& split) {
  Statement statement(connection_, sql::select_zones_of_split);
  std::vector<std::int64_t> ids;
  for (bool row = statement.first_row(split); row; row = statement.next_row())
    ids.push_back(statement.integer(0));
  return ids;
}

std::vector<std::int64_t> GymReader::zone_ids_easier_than(double difficulty) {
  Statement statement(connection_, sql::select_easy_zones);
  std::vector<std::int64_t> ids;
  for (bool row = statement.first_row(difficulty); row; row = statement.next_row())
    ids.push_back(statement.integer(0));
  return ids;
}

ZoneInfo GymReader::zone(std::int64_t zone_id) {
  if (!zone_.first_row(zone_id)) {
    Statement found(connection_, "SELECT 1 FROM zone WHERE id = ?");
    if (found.first_row(zone_id))
      fail("zone " + std::to_string(zone_id) + " has no assembly or structure");
    const auto limit = [this](const char* sql) {
      return std::to_string(single_integer(connection_, sql));
    };
    throw DatabaseError(connection_.path().string() + ": no zone " + std::to_string(zone_id) +
                        "; zones are numbered from " + limit("SELECT min(id) FROM zone") + " to " +
                        limit("SELECT max(id) FROM zone"));
  }
  ZoneInfo info;
  info.zone_id = zone_id;
  info.assembly_id = zone_.integer(0);
  for (int axis = 0; axis < 3; ++axis) info.center_A[axis] = zone_.real(1 + axis, kMostPosition_A);
  info.structure_pdb_id = zone_.name(4);
  info.model_id = zone_.name(5);
  info.assembly_pdb_id = zone_.name(6);
  if (!zone_.is_null(7)) info.split = zone_.name(7);
  zone_.next_row();  // returns no row, and so releases the lock on the file
  return info;
}

std::vector<Eigen::Vector3d> GymReader::neighbor_offsets_A() {
  Statement statement(connection_,
                      "SELECT id, offset_x_A, offset_y_A, offset_z_A FROM neighbor ORDER BY id");
  std::vector<Eigen::Vector3d> offsets;
  for (bool row = statement.first_row(); row; row = statement.next_row()) {
    const auto next = static_cast<std::int64_t>(offsets.size());
    if (next == kMostNeighbors) fail("the table neighbor has more rows than there are neighbors");
    if (statement.integer(0) != next)
      fail("the table neighbor has no row with id " + std::to_string(next));
    auto& offset = offsets.emplace_back();
    for (int axis = 0; axis < 3; ++axis) offset[axis] = statement.real(1 + axis, kMostPosition_A);
    if (!(offset.norm() > 0)) fail("neighbor " + std::to_string(next) + " has no direction");
  }
  return offsets;
}

void GymReader::zone_neighbors(std::int64_t zone_id, std::vector<int>& neighbors) {
  neighbors.clear();
  for (bool row = zone_neighbors_.first_row(zone_id); row; row = zone_neighbors_.next_row())
    neighbors.push_back(static_cast<int>(zone_neighbors_.integer(0, 0, kMostNeighbors - 1)));
}

std::string GymReader::zone_neighbors_plan() {
  Statement plan(connection_, std::string("EXPLAIN QUERY PLAN ") + zone_neighbors_sql_);
  constexpr int kDetail = 3;
  return plan.first_row() ? std::string(plan.text(kDetail)) : std::string();
}

void GymReader::read_annotation(std::int64_t assembly_id, const Eigen::Vector3i& tile,
                                AtomAnnotations& atoms) {
  for (bool row = annotation_.first_row(assembly_id, tile.x(), tile.y(), tile.z()); row;
       row = annotation_.next_row())
    try {
      decode_annotation(annotation_.blob(0), atoms);
    } catch (const DamagedTile& error) {
      fail_tile(assembly_id, tile, error.what());
    }
}

}  // namespace mmgym
