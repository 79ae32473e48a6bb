#include "split.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/text.h"
#include "numbers.h"

namespace mmgym {

void SplitCommand::setup(CLI::App& app) {
  app.add_option("database", options_.database, "Database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  auto* target =
      app.add_option("--target", targets_,
                     "Name of a split (not 'all') and its share of the zones, relative to the "
                     "other splits; give it once for each split")
          ->type_name("NAME=PARTS");
  app.add_option("--clusters", options_.clusters,
                 "CSV file with lines pdb_id,cluster; structures that share a cluster get the same "
                 "split; a structure may be in several clusters")
      ->type_name("FILE.csv");
  auto* by_polymers = app.add_flag(
      "--by-entity-clusters", options_.by_entity_clusters,
      "Assign structures whose polymers share a cluster of the database to the same split");
  auto* seed =
      add_whole_number(app, "--seed", options_.seed,
                       "Random seed for drawing splits, weighted by the room that each has left")
          ->type_name("N");
  auto* greedy = app.add_flag("--greedy", options_.greedy,
                              "Choose the split with the most room left instead of drawing one");
  app.add_flag("--extend", options_.extend,
               "Keep the splits, and give one to structures that have none: that of their "
               "clusters, else a drawn one, with the targets and options of the earlier split")
      ->excludes(target)
      ->excludes(by_polymers)
      ->excludes(seed)
      ->excludes(greedy);
  app.add_flag("--dry-run", options_.dry_run, "Print the result, but do not change the database");
}

void SplitCommand::run() {
  for (const auto& target : targets_) options_.targets.push_back(parse_split_target(target));
  const SplitSummary summary = split_database(options_);
  if (summary.rows_unknown > 0)
    spdlog::warn("{}: {} of {} lines have structures that are not in the database: {}",
                 options_.clusters.string(), summary.rows_unknown, summary.rows,
                 first_names(summary.unknown_examples, summary.rows_unknown));
  const auto percent = [](auto part, auto all) {
    return all == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(all);
  };
  for (const auto& split : summary.splits)
    fmt::print("{}: {} structures ({:.2f} %), {} zones ({:.2f} %, target {:.2f} %)\n",
               printable(split.name), split.structures,
               percent(split.structures, summary.structures), split.zones,
               percent(split.zones, summary.zones), 100 * split.target);
  if (summary.extended)
    fmt::print("{}\n", describe(*summary.extended));
  else
    fmt::print("{} structures in {} groups, the largest of {}\n", summary.structures,
               summary.groups, summary.largest_group);
  fmt::print("clusters in more than one split: {} of the given clusters, {} of polymers\n",
             summary.leaks.split_clusters, summary.leaks.polymer_clusters);
  if (summary.leaks.polymer_clusters > 0)
    spdlog::warn(
        "polymers of the same cluster are in different splits; --by-entity-clusters keeps them "
        "together");
  if (options_.dry_run) fmt::print("--dry-run: the database was not changed\n");
}

}  // namespace mmgym
