#pragma once

#include <filesystem>
#include <vector>

#include "database/curriculum_table.h"

namespace mmgym {

/// Rows zone_id,random_seed,difficulty of a CSV file; a first row of these names is passed over.
/// Throws InputError, which tells the line, also where a zone and seed come twice.
std::vector<CurriculumRow> read_curriculum(const std::filesystem::path& path);

/// Adds what a file holds to a database.
CurriculumCounts load_curriculum(const std::filesystem::path& database,
                                 const std::filesystem::path& path);

}  // namespace mmgym
