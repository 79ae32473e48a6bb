#include <sql.h>

#include <map>
#include <sstream>
#include <string>
#include <string_view>

#include "catch.h"
#include "database/gym_writer.h"
#include "temporary_folder.h"

using namespace mmgym;

namespace {

/// Queries that may read a whole table, and why.
const std::map<std::string_view, std::string> kScans = {
    {"count_leaking_clusters", "counts all clusters"},
    {"count_splits", "counts all zones"},
    {"count_structures_by_zones", "counts all zones"},
    {"count_zones_by_neighbors", "counts all zones"},
    {"select_inputs", "reads all inputs"},
    {"select_easy_zones", "averages all of the curriculum, once for a run"},
    {"select_rejection", "explains an error"},
    {"select_storage", "reads every page"},
    {"select_structures_by_rank", "sorts all structures"},
    {"select_structures_without_zones", "checks all structures"},
    {"select_written_pairs", "restores all choices of a build"},
    {"select_written_subchains", "restores all choices of a build"},
    {"select_zone_counts", "counts all zones"},
    {"select_zone_identities", "lists all zones"},
};

bool is_query(std::string_view name) {
  return name.starts_with("select_") || name.starts_with("count_");
}

/// Many structures with many tiles, because SQLite scans small tables.
void write_large_gym(const std::filesystem::path& path) {
  constexpr int kStructures = 200;
  GymWriter writer(path, {{"zone_size_A", "10"}});
  writer.begin(std::vector<InputFile>(kStructures, InputFile{"a.cif"}), {{30, 0, 0}, {0, 30, 0}});
  AssemblyRows assembly{"1", 100, {}, {}};
  for (int i = 0; i < 20; ++i)
    assembly.zones.push_back({{1.5 * i, 0, 0}, {0, 1}, {{"A", 0}}, {{{"A", 0}, {"B", 1}}}});
  for (int x = 0; x < 20; ++x) assembly.tiles.push_back({{x, x / 4, 0}, {1, 2, 3}, {4, 5}});
  for (int i = 0; i < kStructures; ++i)
    writer.write({{{std::to_string(1000 + i), "1", {assembly}}}, {}});
  writer.finish();
}

std::string query_plan(Connection& connection, const std::string& query) {
  Statement statement(connection, "EXPLAIN QUERY PLAN " + query);
  std::string plan;
  for (bool row = statement.first_row(); row; row = statement.next_row())
    plan += std::string(statement.text(3)) + "\n";
  return plan;
}

/// Whether a plan scans a table that can be large. `split` has few rows, and `of_assembly` contains
/// the zones of one assembly, which an index has found.
bool scans(const std::string& plan) {
  std::istringstream lines(plan);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("SCAN ") && line != "SCAN split" && line != "SCAN of_assembly")
      return true;
  return false;
}

}  // namespace

TEST_CASE("Only the listed queries scan tables, and all others use an index") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "gym.sqlite";
  write_large_gym(path);
  Connection connection(path, Connection::Mode::read_write);
  connection.execute(sql::build);
  connection.execute(
      "INSERT INTO split VALUES (1, 'train'), (2, 'val'), (3, 'test'); "
      "UPDATE structure SET split_id = id % 3 + 1; ANALYZE");
  std::size_t queries = 0;
  std::size_t found_scans = 0;
  for (const auto& [name, text] : sql::all) {
    if (!is_query(name)) continue;
    ++queries;
    CAPTURE(name);
    const std::string plan = query_plan(connection, text);
    CAPTURE(plan);
    CHECK(scans(plan) == kScans.contains(name));
    found_scans += kScans.contains(name) ? 1 : 0;
    if (!kScans.contains(name)) CHECK(plan.find("SEARCH ") != std::string::npos);
  }
  CHECK(found_scans == kScans.size());
  CHECK(queries > kScans.size());
}
