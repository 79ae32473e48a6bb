#include "database/gym_statistics.h"

#include <sql.h>

#include <limits>

namespace mmgym {
namespace {

std::string quoted_identifier(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

ValueCounts value_counts(GymReader& reader, const char* sql) {
  Statement statement(reader.connection(), sql);
  ValueCounts counts;
  for (bool row = statement.first_row(); row; row = statement.next_row())
    counts[statement.integer(0)] = statement.integer(1);
  return counts;
}

}  // namespace

std::map<std::string, std::int64_t> rows_by_table(GymReader& reader) {
  Statement tables(reader.connection(),
                   "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                   "'sqlite\\_%' ESCAPE '\\'");
  std::map<std::string, std::int64_t> rows;
  for (bool row = tables.first_row(); row; row = tables.next_row()) {
    const std::string name(tables.name(0));
    // count(*) would never end in a damaged file whose pages form a circle.
    rows[name] =
        single_integer(reader.connection(), "SELECT count(1) FROM " + quoted_identifier(name));
  }
  return rows;
}

std::vector<SplitCounts> split_counts(GymReader& reader) {
  Statement statement(reader.connection(), sql::count_splits);
  std::vector<SplitCounts> splits;
  for (bool row = statement.first_row(); row; row = statement.next_row()) {
    SplitCounts& split = splits.emplace_back();
    if (!statement.is_null(0)) split.name = statement.text(0);
    split.structures = statement.integer(1);
    split.assemblies = statement.integer(2);
    split.zones = statement.integer(3);
  }
  return splits;
}

ValueCounts zones_by_neighbors(GymReader& reader) {
  return value_counts(reader, sql::count_zones_by_neighbors);
}

ValueCounts structures_by_zones(GymReader& reader) {
  return value_counts(reader, sql::count_structures_by_zones);
}

double density_check_radius_A(GymReader& reader) {
  constexpr double kMostVoxels = 50;
  const double radius_A = reader.positive_metadata("density_check_radius_A");
  if (radius_A > kMostVoxels * reader.positive_metadata("density_check_voxel_size_A"))
    throw DatabaseError(reader.path().string() +
                        " is damaged: metadata 'density_check_radius_A' is more than 50 times "
                        "'density_check_voxel_size_A'");
  return radius_A;
}

std::vector<RankedStructure> structures_by_rank(GymReader& reader) {
  Statement statement(reader.connection(), sql::select_structures_by_rank);
  std::vector<RankedStructure> structures;
  for (bool row = statement.first_row(); row; row = statement.next_row()) {
    RankedStructure& structure = structures.emplace_back();
    structure.pdb_id = statement.name(1);
    if (!statement.is_null(2)) structure.rank = statement.integer(2);
  }
  return structures;
}

std::vector<std::int64_t> assembly_ids(GymReader& reader) {
  Statement statement(reader.connection(), "SELECT id FROM assembly ORDER BY id");
  std::vector<std::int64_t> ids;
  for (bool row = statement.first_row(); row; row = statement.next_row())
    ids.push_back(statement.integer(0));
  return ids;
}

std::set<std::pair<std::string, int>> subchains_of_zones(GymReader& reader,
                                                         std::int64_t assembly_id) {
  Statement statement(reader.connection(), sql::select_subchains_of_zones);
  constexpr std::int64_t kMostMates = std::numeric_limits<int>::max();
  std::set<std::pair<std::string, int>> subchains;
  for (bool row = statement.first_row(assembly_id); row; row = statement.next_row())
    subchains.emplace(statement.text(0), static_cast<int>(statement.integer(1, 0, kMostMates)));
  return subchains;
}

std::vector<std::string> structures_without_zones(GymReader& reader) {
  Statement statement(reader.connection(), sql::select_structures_without_zones);
  std::vector<std::string> ids;
  for (bool row = statement.first_row(); row; row = statement.next_row())
    ids.emplace_back(statement.text(0));
  return ids;
}

std::vector<RejectedRow> rejected_rows(GymReader& reader) {
  Statement statement(reader.connection(),
                      "SELECT path, pdb_id, assembly_pdb_id, stage, reason, zones FROM rejected");
  std::vector<RejectedRow> rows;
  for (bool row = statement.first_row(); row; row = statement.next_row())
    rows.push_back({std::string(statement.text(0)), std::string(statement.text_or_empty(1)),
                    std::string(statement.text_or_empty(2)), std::string(statement.text(3)),
                    std::string(statement.text(4)), statement.integer(5)});
  return rows;
}

std::vector<double> resolutions_A(GymReader& reader) {
  Statement statement(
      reader.connection(),
      "SELECT resolution_A FROM structure WHERE resolution_A IS NOT NULL ORDER BY 1");
  std::vector<double> values;
  for (bool row = statement.first_row(); row; row = statement.next_row())
    values.push_back(statement.real(0));
  return values;
}

std::optional<std::vector<Storage>> storage(GymReader& reader) {
  if (single_integer(reader.connection(),
                     "SELECT count(*) FROM pragma_module_list WHERE name = 'dbstat'") == 0)
    return std::nullopt;
  Statement statement(reader.connection(), sql::select_storage);
  std::vector<Storage> parts;
  for (bool row = statement.first_row(); row; row = statement.next_row())
    parts.push_back({std::string(statement.text_or_empty(0)), std::string(statement.text(1)),
                     statement.integer(2)});
  return parts;
}

std::int64_t database_bytes(GymReader& reader) {
  return single_integer(reader.connection(),
                        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
}

}  // namespace mmgym
