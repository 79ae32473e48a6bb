#include "database/row_checks.h"

#include <fmt/format.h>
#include <sql.h>

#include "base/text.h"

namespace mmgym {
namespace {

struct Column {
  std::string name;
  std::string type;
  bool nullable;
};

struct Table {
  std::string name;
  std::string key;  // the column, or SQLite's row number, that names a row in a message
  std::vector<Column> columns;
};

Table describe(Connection& connection, const std::string& name) {
  Table table{name, "rowid", {}};
  Statement columns(connection, "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)");
  for (bool row = columns.first_row(name); row; row = columns.next_row()) {
    const bool in_key = columns.integer(3) != 0;
    table.columns.push_back({std::string(columns.name(0)), std::string(columns.name(1)),
                             columns.integer(2) == 0 && !in_key});
  }
  const bool has_row_numbers =
      single_integer(connection,
                     "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND "
                     "name = '" +
                         name + "' AND sql LIKE '%WITHOUT ROWID'") == 0;
  if (!has_row_numbers) table.key = table.columns.front().name;
  return table;
}

/// Texts that are not parts of messages: they can have any length.
bool is_free_text(const std::string& table) {
  return table == "metadata" || table == "rejected" || table == "input";
}

/// The SQL condition for values that the column cannot have.
std::string is_wrong(const std::string& table, const Column& column) {
  const std::string& c = column.name;
  const std::string null = column.nullable ? ", 'null'" : "";
  if (column.type == "REAL") {
    const double most =
        c.ends_with("_x_A") || c.ends_with("_y_A") || c.ends_with("_z_A") ? kMostPosition_A : 1e300;
    return fmt::format("typeof({0}) NOT IN ('real', 'integer'{1}) OR abs({0}) > {2}", c, null,
                       most);
  }
  const std::string type = lower_case(column.type);
  std::string wrong = fmt::format("typeof({}) NOT IN ('{}'{})", c, type, null);
  if (type == "text" && !is_free_text(table))
    wrong += fmt::format(" OR length(CAST({} AS BLOB)) > {}", c, Statement::kMostBytesOfName);
  return wrong;
}

}  // namespace

std::vector<std::string> page_problems(GymReader& reader, int most) {
  std::vector<std::string> found;
  Statement problems(reader.connection(), fmt::format("PRAGMA integrity_check({})", most));
  for (bool row = problems.first_row(); row; row = problems.next_row())
    // A row can have several lines.
    for (const std::string_view line : split_at(problems.text(0), '\n'))
      if (!line.empty() && line != "ok" && !line.starts_with("***")) found.emplace_back(line);
  return found;
}

std::vector<std::string> gym_tables() {
  Connection connection(":memory:", Connection::Mode::create);
  connection.execute(sql::schema);
  Statement names(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'");
  std::vector<std::string> tables;
  for (bool row = names.first_row(); row; row = names.next_row())
    tables.emplace_back(names.name(0));
  return tables;
}

std::vector<WrongValues> wrong_values(GymReader& reader, const std::string& name) {
  const Table table = describe(reader.connection(), name);
  std::string sql = "SELECT 1";
  for (const Column& column : table.columns)
    sql += fmt::format(
        ", count(CASE WHEN {0} THEN 1 END), CAST(min(CASE WHEN {0} THEN {1} END) AS TEXT)",
        is_wrong(name, column), table.key);
  Statement counts(reader.connection(), sql + " FROM " + name);
  counts.first_row();
  std::vector<WrongValues> found;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int first = 1 + 2 * static_cast<int>(i);
    if (const std::int64_t count = counts.integer(first); count > 0)
      found.push_back(
          {table.columns[i].name, count, table.key, std::string(counts.text_or_empty(first + 1))});
  }
  return found;
}

std::vector<DanglingRows> dangling_rows(GymReader& reader) {
  Statement missing(reader.connection(),
                    "SELECT \"table\", parent, count(1) FROM pragma_foreign_key_check "
                    "GROUP BY \"table\", parent");
  std::vector<DanglingRows> found;
  for (bool row = missing.first_row(); row; row = missing.next_row())
    found.push_back(
        {std::string(missing.text(0)), std::string(missing.text(1)), missing.integer(2)});
  return found;
}

std::vector<std::int64_t> zones_without_neighbors(GymReader& reader) {
  Statement zones(reader.connection(),
                  "SELECT zone.id FROM zone WHERE NOT EXISTS "
                  "(SELECT 1 FROM zone_neighbor WHERE zone_id = zone.id)");
  std::vector<std::int64_t> ids;
  for (bool row = zones.first_row(); row; row = zones.next_row()) ids.push_back(zones.integer(0));
  return ids;
}

}  // namespace mmgym
