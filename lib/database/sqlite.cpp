#include "database/sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <cmath>

#include "base/text.h"

namespace mmgym {
namespace {

constexpr int kStepsPerCall = 10'000;
/// A page has at most 400 rows, and the slowest query takes 30 steps a row.
constexpr std::int64_t kMostStepsPerPage = 50'000;
constexpr std::int64_t kStepsOfSmallFiles = 10'000'000;

/// The text without control characters and double spaces: queries have many lines.
std::string in_one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(
      line, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; }, ' ');
  const auto both_spaces = [](char a, char b) { return a == ' ' && b == ' '; };
  line.erase(std::unique(line.begin(), line.end(), both_spaces), line.end());
  return line;
}

}  // namespace

// ------------------------------------------------------------------------------------- Connection

Connection::Connection(const std::filesystem::path& path, Mode mode) : path_(path) {
  int flags = SQLITE_OPEN_NOMUTEX;
  if (mode == Mode::read_only) flags |= SQLITE_OPEN_READONLY;
  if (mode == Mode::read_write) flags |= SQLITE_OPEN_READWRITE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int status = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);
  if (status != SQLITE_OK) fail("cannot be opened");
  sqlite3_busy_timeout(handle, 10000);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kMostRowBytes);
}

Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

void Connection::Closer::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

void Connection::execute(const std::string& sql) {
  steps_->calls = 0;
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail("statement failed");
}

void Connection::limit_steps() {
  const std::int64_t pages = single_integer(*this, "PRAGMA page_count");
  steps_->most_calls = (kStepsOfSmallFiles + kMostStepsPerPage * pages) / kStepsPerCall;
  const auto is_too_long = [](void* count) {
    auto& steps = *static_cast<StepCount*>(count);
    return ++steps.calls > steps.most_calls ? 1 : 0;
  };
  sqlite3_progress_handler(handle(), kStepsPerCall, is_too_long, steps_.get());
}

std::uint32_t Connection::data_version() const {
  std::uint32_t version = 0;
  sqlite3_file_control(handle(), "main", SQLITE_FCNTL_DATA_VERSION, &version);
  return version;
}

std::int64_t Connection::last_insert_id() const { return sqlite3_last_insert_rowid(handle()); }

void Connection::fail(const std::string& doing) const {
  const int last_error = errno;
  const int code = sqlite3_extended_errcode(handle());
  const int error_number = sqlite3_system_errno(handle());
  const std::string what =
      path_.string() + ": " + doing + ": " + in_one_line(sqlite3_errmsg(handle()));
  const auto reason = [](int number) { return std::error_code(number, std::generic_category()); };
  constexpr int kPrimaryCode = 0xff;
  if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY)
    throw UnfinishedChanges(
        path_.string() +
        ": has unfinished changes of a killed process; run any mmgym command on it with "
        "permission to write");
  switch (code & kPrimaryCode) {
    case SQLITE_BUSY:
      throw DatabaseInUse(path_.string() + ": another process is using it; wait until it is done");
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      throw RefusedRow(std::string("SQLite cannot store a row: ") + sqlite3_errmsg(handle()));
    case SQLITE_INTERRUPT:
      throw DatabaseError(path_.string() +
                          " is damaged: a query finds more rows than a file of this size can have");
    case SQLITE_NOTADB:
      throw NotADatabase(what);
    case SQLITE_CORRUPT:
      // SQLite calls a file damaged also if the disk cannot read it, and then keeps no errno.
      if (last_error == EIO) throw MachineError(reason(EIO), path_.string() + ": cannot be read");
      throw DatabaseError(what);
    case SQLITE_FULL:
      throw WriteError(reason(ENOSPC), what);
    case SQLITE_NOMEM:
      throw MachineError(reason(ENOMEM), what);
    case SQLITE_IOERR:
      if (code == SQLITE_IOERR_NOMEM) throw MachineError(reason(ENOMEM), what);
      throw MachineError(reason(error_number != 0 ? error_number : EIO), what);
    case SQLITE_CANTOPEN:
      if (is_machine_failure(error_number)) throw MachineError(reason(error_number), what);
      throw DatabaseError(error_number == 0 ? what : what + ": " + reason(error_number).message());
    default:
      throw DatabaseError(what);
  }
}

// -------------------------------------------------------------------------------------- Statement

Statement::Statement(Connection& connection, std::string_view sql) : connection_(&connection) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
    connection.fail("a query cannot be prepared");
  statement_.reset(statement);
}

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

std::int64_t Statement::integer(int column) const {
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_INTEGER)
    fail_value(column, "a whole number");
  return sqlite3_column_int64(statement_.get(), column);
}

std::int64_t Statement::integer(int column, std::int64_t least, std::int64_t most) const {
  const std::int64_t value = integer(column);
  if (value < least || value > most)
    fail_value(column, "from " + std::to_string(least) + " to " + std::to_string(most));
  return value;
}

double Statement::real(int column, double most) const {
  const int type = sqlite3_column_type(statement_.get(), column);
  if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) fail_value(column, "a number");
  const double value = sqlite3_column_double(statement_.get(), column);
  if (!(std::abs(value) <= most)) fail_value(column, "a number in range");
  return value;
}

std::string_view Statement::text(int column) const {
  if (is_null(column)) fail_value(column, "a text");
  return text_or_empty(column);
}

std::string_view Statement::name(int column) const {
  const std::string_view name = text(column);
  if (name.size() > kMostBytesOfName) fail_value(column, "a name");
  return name;
}

std::string_view Statement::text_or_empty(int column) const {
  if (is_null(column)) return {};
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_TEXT) fail_value(column, "a text");
  const auto* text = sqlite3_column_text(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text),
                                            static_cast<std::size_t>(size));
}

std::span<const std::uint8_t> Statement::blob(int column) const {
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_BLOB) fail_value(column, "a blob");
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {static_cast<const std::uint8_t*>(bytes), static_cast<std::size_t>(size)};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Statement::fail_value(int column, const std::string& wanted) const {
  constexpr std::size_t kMostShown = 100;
  const auto value = [&]() -> std::string {
    switch (sqlite3_column_type(statement_.get(), column)) {
      case SQLITE_NULL:
        return "NULL";
      case SQLITE_TEXT:
        return "a text";
      case SQLITE_BLOB:
        return "a blob";
      default:  // SQLite writes the number
        return reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    }
  };
  std::string what = connection_->path().string() +
                     " is damaged: " + in_one_line(sqlite3_column_name(statement_.get(), column)) +
                     " is " + value() + ", not " + wanted;
  // The condition with its values names the row.
  const std::unique_ptr<char, void (*)(void*)> sql(sqlite3_expanded_sql(statement_.get()),
                                                   sqlite3_free);
  const std::string query = in_one_line(sql ? sql.get() : "");
  const std::size_t where = query.rfind("WHERE ");
  if (where != std::string::npos) {
    const std::size_t end = std::min(query.find(" ORDER BY", where), where + kMostShown);
    what.append(" (").append(trimmed(std::string_view(query).substr(where, end - where))) += ')';
  }
  throw DatabaseError(what);
}

void Statement::bind(int position, std::int64_t value) {
  require_bound(sqlite3_bind_int64(statement_.get(), position, value));
}

void Statement::bind(int position, double value) {
  require_bound(sqlite3_bind_double(statement_.get(), position, value));
}

void Statement::bind(int position, std::string_view value) {
  require_bound(sqlite3_bind_text64(statement_.get(), position,
                                    value.data() == nullptr ? "" : value.data(), value.size(),
                                    SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind(int position, std::span<const std::uint8_t> value) {
  require_bound(
      sqlite3_bind_blob64(statement_.get(), position, value.data(), value.size(), SQLITE_STATIC));
}

void Statement::bind(int position, std::nullptr_t) {
  require_bound(sqlite3_bind_null(statement_.get(), position));
}

void Statement::require_bound(int status) const {
  // SQLite does not keep this error if the value has more than 2 GiB.
  if (status == SQLITE_TOOBIG)
    throw RefusedRow("SQLite cannot store a row: string or blob too big");
  if (status != SQLITE_OK) connection_->fail("a value cannot be bound");
}

bool Statement::step() {
  const int status = sqlite3_step(statement_.get());
  if (status == SQLITE_ROW) return true;
  if (status == SQLITE_TOOBIG && sqlite3_stmt_readonly(statement_.get()) != 0)
    throw DatabaseError(connection_->path().string() + " is damaged: a row is too large");
  if (status != SQLITE_DONE) connection_->fail("a query failed");
  return false;
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  connection_->steps_->calls = 0;
}

void Statement::fail_unexpected_row() const {
  throw DatabaseError(connection_->path().string() + ": a statement returned a row unexpectedly");
}

std::int64_t single_integer(Connection& connection, const std::string& sql) {
  Statement statement(connection, sql);
  return statement.first_row() && !statement.is_null(0) ? statement.integer(0) : 0;
}

// ------------------------------------------------------------------------------------ Transaction

Transaction::Transaction(Connection& connection) : connection_(&connection) {
  connection.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (connection_ == nullptr) return;
  // After a failed statement, SQLite may have rolled back already; this then does nothing.
  sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  connection_->execute("COMMIT");
  connection_ = nullptr;
}

std::string sqlite_version() { return sqlite3_libversion(); }

}  // namespace mmgym
