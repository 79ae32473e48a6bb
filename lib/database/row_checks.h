#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "database/gym_reader.h"

// Queries for what a database must not have. Each reads whole tables.

namespace mmgym {

/// What SQLite finds wrong with pages, indexes and constraints, one line each. Stops when SQLite
/// has found `most` problems.
std::vector<std::string> page_problems(GymReader& reader, int most);

/// The tables of mmgym, in the order of sql/schema.sql.
std::vector<std::string> gym_tables();

/// Values of a column that have the wrong type or are out of range.
struct WrongValues {
  std::string column;
  std::int64_t count = 0;
  std::string key;    // the column that names a row
  std::string first;  // the key of the first of these rows
};
/// The columns of a table that have wrong values. The bytes of tiles are not decoded.
std::vector<WrongValues> wrong_values(GymReader& reader, const std::string& table);

/// Rows that refer to rows that do not exist.
struct DanglingRows {
  std::string table;
  std::string parent;  // the table that lacks rows
  std::int64_t count = 0;
};
std::vector<DanglingRows> dangling_rows(GymReader& reader);

std::vector<std::int64_t> zones_without_neighbors(GymReader& reader);

}  // namespace mmgym
