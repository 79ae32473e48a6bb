#include "split.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include "numbers.h"

namespace mmgym {

void SplitCommand::setup(CLI::App& app) {
  app.add_option("database", options_.database, "A database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  app.add_option("--target", targets_,
                 "A split and its part of the zones, relative to the others; once for each split")
      ->required()
      ->type_name("NAME=PARTS");
  app.add_option("--clusters", options_.clusters,
                 "Structures that share a cluster stay together: lines pdb_id,cluster, any number "
                 "for each structure")
      ->type_name("FILE.csv");
  app.add_flag("--by-entity-clusters", options_.by_entity_clusters,
               "So do structures whose polymers are in one cluster of the database");
  add_whole_number(app, "--seed", options_.seed,
                   "Of the random draw of splits, by the room they have")
      ->type_name("N");
  app.add_flag("--greedy", options_.greedy, "Always take the split with the most room instead");
  app.add_flag("--dry-run", options_.dry_run, "Print what would come of it, and change nothing");
}

void SplitCommand::run() {
  for (const auto& target : targets_) options_.targets.push_back(parse_split_target(target));
  const SplitSummary summary = split_database(options_);
  if (summary.rows_unknown > 0)
    spdlog::warn("{}: {} of {} lines are of structures that are not in the database: {}{}",
                 options_.clusters.string(), summary.rows_unknown, summary.rows,
                 fmt::join(summary.unknown_examples, ", "),
                 summary.rows_unknown > summary.unknown_examples.size() ? ", ..." : "");
  const auto percent = [](auto part, auto all) {
    return all == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(all);
  };
  for (const auto& split : summary.splits)
    fmt::print("{}: {} structures ({:.2f} %), {} zones ({:.2f} %, target {:.2f} %)\n", split.name,
               split.structures, percent(split.structures, summary.structures), split.zones,
               percent(split.zones, summary.zones), 100 * split.target);
  fmt::print("{} structures in {} groups, the largest of {}\n", summary.structures, summary.groups,
             summary.largest_group);
  fmt::print("clusters in more than one split: {} of those given, {} of polymers\n",
             summary.leaks.split_clusters, summary.leaks.polymer_clusters);
  if (summary.leaks.polymer_clusters > 0)
    spdlog::warn(
        "alike polymers are in different splits; --by-entity-clusters keeps them together");
  if (options_.dry_run) fmt::print("nothing was changed (--dry-run)\n");
}

}  // namespace mmgym
