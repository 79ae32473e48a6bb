#pragma once

#include <filesystem>
#include <vector>

#include "database/curriculum_table.h"

namespace mmgym {

/// Reads a CSV file with the columns zone_id,random_seed,difficulty; skips a header. Throws
/// InputError with the number of the line if a row is malformed or a duplicate.
std::vector<CurriculumRow> read_curriculum(const std::filesystem::path& path);

/// Adds the rows of a CSV file to a database.
CurriculumCounts load_curriculum(const std::filesystem::path& database,
                                 const std::filesystem::path& path);

}  // namespace mmgym
