#include "check.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "base/text.h"
#include "check/check_gym.h"
#include "progress.h"

namespace mmgym {

void CheckCommand::setup(CLI::App& app) {
  app.add_option("database", database_, "Database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
}

void CheckCommand::run() {
  Progress progress(common, "tiles");
  const CheckResult result = check_gym(
      database_, [&](std::uint64_t done, std::uint64_t total) { progress.update(done, total); });
  progress.clear();
  const TileCounts& read = result.read;
  if (result.problems == 0) {
    fmt::print("{}: correct: {} assemblies, {} zones, {} tiles with {} atoms\n",
               printable(database_), result.assemblies, result.zones, read.tiles, read.atoms);
    return;
  }
  for (const std::string& line : result.lines) fmt::print("{}\n", printable(line));
  fmt::print(
      "lost: {} of {} tiles of atoms; {} of {} assemblies, with {} of {} zones, are damaged\n",
      read.lost_tiles, read.tiles, read.assemblies_with_loss, result.assemblies,
      read.zones_with_loss, result.zones);
  throw DataError(fmt::format("{}: {} problem{}; restore the file from a copy, or build it again",
                              database_, result.problems, result.problems == 1 ? "" : "s"));
}

}  // namespace mmgym
