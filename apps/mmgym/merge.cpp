#include "merge.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/stop_signal.h"
#include "base/text.h"
#include "merge/merge_databases.h"
#include "messages.h"
#include "numbers.h"
#include "progress.h"

namespace mmgym {

void MergeCommand::setup(CLI::App& app) {
  app.add_option("parts", parts_,
                 "Databases made by build-db or merge with the same parameters; they are not "
                 "changed")
      ->required()
      ->type_name("GYM.SQLITE");
  app.add_option("--db", database_, "Database to write")->required()->type_name("FILE");
  output_.setup(app);
  app.add_option("--remove", remove_,
                 "PDB ids, one per line, of entries to take out, such as obsolete ones")
      ->type_name("FILE");
  app.add_flag(
      "--choose", choose_,
      "Choose zones, as build-db does, from parts that were built with --keep-all; without "
      "it, all zones of these are kept");
  app.add_option(
         "--clusters", clusters_,
         "Clusters of entities, as for build-db; required if the parts were built with them")
      ->type_name("FILE");
  app.add_option("--blacklist", blacklist_,
                 "PDB ids to leave out, as for build-db; required if the parts were built with it")
      ->type_name("FILE");
  add_number(app, "--max-resolution", max_resolution_A_,
             "Reject structures of this or a worse resolution (default: that of the parts)",
             kPositive)
      ->type_name("A");
}

void MergeCommand::run() {
  output_.check(database_);
  catch_stop_signals();
  MergeOptions options;
  options.parts.assign(parts_.begin(), parts_.end());
  options.database = database_;
  options.choose = choose_;
  options.remove = remove_;
  options.clusters.assign(clusters_.begin(), clusters_.end());
  options.blacklist = blacklist_;
  options.max_resolution_A = max_resolution_A_;
  Progress progress(common, "files merged");
  options.on_settled = [&](std::size_t done, std::size_t all) { progress.update(done, all); };
  options.on_remark = [&progress](const std::string& remark) {
    progress.clear();
    spdlog::warn("{}", remark);
  };
  options.on_rejected = [&progress](const RejectedRow& rejected) {
    progress.clear();
    spdlog::info("{}: {}", rejected.path, rejected.reason);
  };
  std::string splits;
  options.on_split = [&splits](const std::string& text) { splits = text; };
  std::vector<std::string> incomplete;
  options.on_incomplete = [&](const std::string& id) { incomplete.push_back(id); };
  const GymCounts counts = merge_databases(options);
  progress.clear();
  print_counts(database_, counts);
  if (!splits.empty()) fmt::print("{}\n", splits);
  if (counts.incomplete > 0) warn_incomplete(counts.incomplete, incomplete);
}

/// Says which structures should be built again, and how. `ids`: those that this run has found.
void MergeCommand::warn_incomplete(std::int64_t count, const std::vector<std::string>& ids) const {
  spdlog::warn(
      "{} structures may lack zones, which were dropped for structures that are removed or "
      "replaced: {}; build them again with the inputs and options of the parts, and merge: mmgym "
      "build-db INPUT... --rebuild {} --db rebuilt.sqlite && mmgym merge {} rebuilt.sqlite --db "
      "complete.sqlite",
      count, first_names(ids, static_cast<std::size_t>(count)), database_, database_);
}

}  // namespace mmgym
