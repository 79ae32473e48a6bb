#include "build/load_curriculum.h"

#include <cmath>
#include <set>

#include "base/text.h"
#include "database/gym_reader.h"
#include "inputs/text_lines.h"

namespace mmgym {
std::vector<CurriculumRow> read_curriculum(const std::filesystem::path& path) {
  std::vector<CurriculumRow> rows;
  std::set<std::pair<std::int64_t, std::int64_t>> seen;
  bool first = true;
  for_each_line(path, [&](std::string_view line) {
    const auto columns = split_at(line, ',');
    const bool is_header = first && columns.front() == "zone_id";
    first = false;
    if (is_header && columns.size() == 3) return;
    CurriculumRow row{};
    if (columns.size() != 3 || !parse_number(columns[0], row.zone_id) ||
        !parse_number(columns[1], row.random_seed) || !parse_number(columns[2], row.difficulty) ||
        !std::isfinite(row.difficulty))
      throw BadLine{"zone_id,random_seed,difficulty: two whole numbers and a number"};
    if (!seen.emplace(row.zone_id, row.random_seed).second)
      throw BadLine{"a zone_id and random_seed without duplicates"};
    rows.push_back(row);
  });
  return rows;
}

CurriculumCounts load_curriculum(const std::filesystem::path& database,
                                 const std::filesystem::path& path) {
  const auto rows = read_curriculum(path);
  Connection connection = open_gym(database, Connection::Mode::read_write);
  return add_curriculum(connection, rows);
}

}  // namespace mmgym
