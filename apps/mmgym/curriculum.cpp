#include "curriculum.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "build/load_curriculum.h"

namespace mmgym {

void CurriculumCommand::setup(CLI::App& app) {
  app.add_option("database", database_, "A database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  app.add_option(
         "file", file_,
         "Lines zone_id,random_seed,difficulty. Rows of the same zone and seed are replaced")
      ->required()
      ->type_name("FILE.csv");
}

void CurriculumCommand::run() {
  const CurriculumCounts counts = load_curriculum(database_, file_);
  if (!counts.unknown_zones.empty())
    spdlog::warn("{}: {} rows are of zones that are not in the database, the first of zone {}",
                 file_, counts.unknown_zones.size(), counts.unknown_zones.front());
  fmt::print("{}: {} rows added, {} replaced\n", database_, counts.added, counts.replaced);
}

}  // namespace mmgym
