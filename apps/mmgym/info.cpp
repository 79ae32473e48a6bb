#include "info.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "checks.h"
#include "info/report.h"
#include "json_text.h"
#include "numbers.h"

namespace mmgym {

void InfoCommand::setup(CLI::App& app) {
  app.add_option("path", path_, "Database made by build-db, or folder made by sample")
      ->required()
      ->type_name("GYM.SQLITE|SHARDS");
  app.add_flag("--json", json_, "Print everything as JSON");
  app.add_flag(
      "--quick", quick_,
      "Skip results that need most of the files: sizes, densities and kinds of subchains of a "
      "database; checksums of shards");
  app_ = &app;
  add_whole_number(app, "--entries", entries_, "Maximum number of entries without zones to list")
      ->type_name("N");
}

void InfoCommand::run() {
  if (means_shards(path_)) {
    if (app_->get_option("--entries")->count() > 0)
      throw UsageError(path_ + ": is a folder of shards; --entries is for databases");
    const ShardInfo info = shard_info(path_, quick_);
    fmt::print("{}", json_ ? json_text(to_json(info)) : report(info));
    if (!info.problems.empty())
      throw DataError(path_ +
                      ": damaged shards; remove them and run the same 'mmgym sample' command "
                      "again");
    return;
  }
  GymInfoOptions options;
  options.quick = quick_;
  const GymInfo info = gym_info(path_, options);
  fmt::print("{}", json_ ? json_text(to_json(info)) : report(info, entries_));
}

}  // namespace mmgym
