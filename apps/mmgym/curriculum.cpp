#include "curriculum.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/text.h"
#include "build/load_curriculum.h"

namespace mmgym {

void CurriculumCommand::setup(CLI::App& app) {
  app.add_option("database", database_, "Database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  app.add_option("file", file_,
                 "CSV file with lines zone_id,random_seed,difficulty; replaces rows with the same "
                 "zone and seed")
      ->required()
      ->type_name("FILE.csv");
}

void CurriculumCommand::run() {
  const CurriculumCounts counts = load_curriculum(database_, file_);
  if (!counts.unknown_zones.empty())
    spdlog::warn("{}: {} rows have zones that are not in the database, first zone {}", file_,
                 counts.unknown_zones.size(), counts.unknown_zones.front());
  fmt::print("{}: {} rows added, {} replaced\n", printable(database_), counts.added,
             counts.replaced);
}

}  // namespace mmgym
