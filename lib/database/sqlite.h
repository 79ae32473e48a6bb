#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/errors.h"

struct sqlite3;
struct sqlite3_stmt;

namespace mmgym {

/// A database that cannot be used, or a failed operation on one.
class DatabaseError : public DataError {
 public:
  using DataError::DataError;
};

/// A row that SQLite refuses because of its values: one breaks a constraint or is too large. what()
/// has SQLite's message and not the path, so that it is the same in every run.
class RefusedRow : public InputError {
 public:
  using InputError::InputError;
};

/// Another process keeps the database locked.
class DatabaseInUse : public DatabaseError {
 public:
  using DatabaseError::DatabaseError;
};

/// A file that is not an SQLite database.
class NotADatabase : public DatabaseError {
 public:
  using DatabaseError::DatabaseError;
};

/// A killed process left unfinished changes, and this connection may not roll them back.
class UnfinishedChanges : public DatabaseError {
 public:
  using DatabaseError::DatabaseError;
};

/// Another process changed the database while it was read.
class DatabaseChanged : public DatabaseError {
 public:
  using DatabaseError::DatabaseError;
};

/// More than the largest row that mmgym writes: 65,535 atoms whose names all differ.
inline constexpr int kMostRowBytes = 1 << 26;

/// An open SQLite file, whose schema SQLite does not trust: its functions have no side effects, and
/// no row is larger than kMostRowBytes. Functions of connections and their statements throw
/// DatabaseError, RefusedRow, or MachineError if the machine fails.
class Connection {
 public:
  enum class Mode { read_only, read_write, create };

  Connection(const std::filesystem::path& path, Mode mode);
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  /// Runs one or more statements and ignores their results.
  void execute(const std::string& sql);

  /// Ends statements that take more steps than the largest honest one on a file of this size.
  /// A damaged tree of pages can have more rows than atoms in the universe.
  void limit_steps();

  std::int64_t last_insert_id() const;

  /// Changes when another connection has changed the database. Valid after a first query in a
  /// transaction. Takes no query.
  std::uint32_t data_version() const;

  const std::filesystem::path& path() const { return path_; }
  sqlite3* handle() const { return handle_.get(); }

  /// Throws the class of error that fits SQLite's last error, with SQLite's message. The only place
  /// that decides whether SQLite's failure is due to a row, the database, or the machine.
  [[noreturn]] void fail(const std::string& doing) const;

 private:
  struct Closer {
    void operator()(sqlite3* handle) const;
  };
  friend class Statement;
  /// Steps of the current statement, counted in kStepsPerCall.
  struct StepCount {
    std::int64_t calls = 0;
    std::int64_t most_calls = 0;
  };
  std::filesystem::path path_;
  std::unique_ptr<StepCount> steps_ = std::make_unique<StepCount>();
  std::unique_ptr<sqlite3, Closer> handle_;  // closed first: it refers to steps_
};

/// A prepared statement. Parameters are bound by run() or first_row() in the order of the '?'s;
/// columns are read by number, from 0. Strings and blobs point into SQLite's memory and are valid
/// until the next step. A value of another type than asked for is a DatabaseError that names the
/// file, the column and the row.
class Statement {
 public:
  Statement(Connection& connection, std::string_view sql);

  /// Binds and runs a statement that returns no rows.
  template <typename... Values>
  void run(const Values&... values) {
    bind_all(values...);
    if (step()) fail_unexpected_row();
    reset();
  }

  /// Binds and steps to the first row; false if there is none.
  template <typename... Values>
  bool first_row(const Values&... values) {
    bind_all(values...);
    return step();
  }
  bool next_row() { return step(); }

  std::int64_t integer(int column) const;
  std::int64_t integer(int column, std::int64_t least, std::int64_t most) const;
  /// A finite number with this largest absolute value.
  double real(int column, double most = 1e300) const;
  std::string_view text(int column) const;
  /// Also accepts NULL, which is empty.
  std::string_view text_or_empty(int column) const;
  /// A text of at most kMostBytesOfName, for messages. It can have any characters, as ids in mmCIF
  /// files can; messages are made printable where they are printed.
  std::string_view name(int column) const;
  static constexpr std::size_t kMostBytesOfName = 4096;
  std::span<const std::uint8_t> blob(int column) const;
  bool is_null(int column) const;

  /// Throws DatabaseError: "gym.sqlite is damaged: zone.center_x_A is a text, not a number
  /// (WHERE zone.id = 17)".
  [[noreturn]] void fail_value(int column, const std::string& wanted) const;

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };

  template <typename... Values>
  void bind_all(const Values&... values) {
    reset();
    int position = 0;
    (bind(++position, values), ...);
  }
  void bind(int position, std::int64_t value);
  void bind(int position, int value) { bind(position, std::int64_t{value}); }
  void bind(int position, std::size_t value) { bind(position, static_cast<std::int64_t>(value)); }
  void bind(int position, double value);
  void bind(int position, std::string_view value);
  void bind(int position, const std::string& value) { bind(position, std::string_view(value)); }
  void bind(int position, const char* value) { bind(position, std::string_view(value)); }
  void bind(int position, std::span<const std::uint8_t> value);
  void bind(int position, std::nullptr_t);
  template <typename T>
  void bind(int position, const std::optional<T>& value) {
    if (value)
      bind(position, *value);
    else
      bind(position, nullptr);
  }

  void require_bound(int status) const;
  bool step();
  void reset();
  [[noreturn]] void fail_unexpected_row() const;

  Connection* connection_;
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

/// The first column of a query's first row; 0 if there are no rows.
std::int64_t single_integer(Connection& connection, const std::string& sql);

/// A transaction, which is rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Connection* connection_;
};

/// The version of the SQLite library in use.
std::string sqlite_version();

}  // namespace mmgym
