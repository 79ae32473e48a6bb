#include "check/check_rows.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

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

constexpr std::array kTables = {"metadata",      "split",     "structure",      "entity",
                                "split_cluster", "assembly",  "zone",           "subchain",
                                "subchain_pair", "neighbor",  "zone_neighbor",  "curriculum",
                                "rejected",      "atom_tile", "atom_annotation"};

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

/// Texts that are not parts of messages: they may contain anything.
bool is_free_text(const std::string& table) { return table == "metadata" || table == "rejected"; }

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
  if (type == "text" && !is_free_text(table)) wrong += fmt::format(" OR length({}) > 4096", c);
  return wrong;
}

void check_table(Connection& connection, const Table& table, Findings& findings) {
  std::string sql = "SELECT 1";
  for (const Column& column : table.columns) {
    const std::string wrong = is_wrong(table.name, column);
    sql += fmt::format(
        ", count(CASE WHEN {0} THEN 1 END), CAST(min(CASE WHEN {0} THEN {1} END) AS TEXT)", wrong,
        table.key);
  }
  Statement counts(connection, sql + " FROM " + table.name);
  counts.first_row();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int first = 1 + 2 * static_cast<int>(i);
    const std::int64_t wrong = counts.integer(first);
    if (wrong == 0) continue;
    findings.add(
        fmt::format("{}.{}: {} value{} of the wrong type or out of range, first where {} is {}",
                    table.name, table.columns[i].name, wrong, wrong == 1 ? "" : "s", table.key,
                    counts.text_or_empty(first + 1)));
  }
}

}  // namespace

void check_pages(GymReader& reader, Findings& findings) {
  Statement problems(reader.connection(),
                     fmt::format("PRAGMA integrity_check({})", Findings::kMostPerKind));
  for (bool row = problems.first_row(); row; row = problems.next_row()) {
    // A row can have several lines.
    for (const std::string_view line : split_at(problems.text(0), '\n'))
      if (!line.empty() && line != "ok" && !line.starts_with("***"))
        findings.add("pages: " + std::string(line));
  }
}

void check_values(GymReader& reader, Findings& findings) {
  for (const char* name : kTables)
    run_check(findings, [&] {
      check_table(reader.connection(), describe(reader.connection(), name), findings);
    });
}

void check_references(GymReader& reader, Findings& findings) {
  Statement missing(reader.connection(),
                    "SELECT \"table\", parent, count(1) FROM pragma_foreign_key_check "
                    "GROUP BY \"table\", parent");
  for (bool row = missing.first_row(); row; row = missing.next_row()) {
    const std::int64_t rows = missing.integer(2);
    findings.add(fmt::format("{}: {} row{} to rows of {} that do not exist", missing.text(0), rows,
                             rows == 1 ? " refers" : "s refer", missing.text(1)));
  }
}

}  // namespace mmgym
