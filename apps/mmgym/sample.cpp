#include "sample.h"

#include <fmt/format.h>

#include "pipeline/write_shards.h"
#include "progress.h"

namespace mmgym {

void SampleCommand::setup(CLI::App& app) {
  app.add_option("database", database_, "A database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  app.add_option("--out", out_, "The folder for shards and their index.json")
      ->required()
      ->type_name("FOLDER");
  app.add_option("--split", split_, "Take zones of this split (default: all zones)")
      ->type_name("NAME");
  app.add_option("--max-difficulty", max_difficulty_,
                 "Take zones that are easier than this on average, by the curriculum")
      ->type_name("X");
  app.add_option("--start", start_, "Index of the first sample")
      ->capture_default_str()
      ->type_name("I");
  auto* count = app.add_option("--count", count_, "Number of samples (default: one per zone)")
                    ->check(CLI::PositiveNumber)
                    ->type_name("N");
  app.add_option("--epochs", epochs_, "Number of samples, as a multiple of the number of zones")
      ->check(CLI::PositiveNumber)
      ->excludes(count)
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--seed", seed_, "Of the order in which the samples of an epoch are written")
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--samples-per-shard", samples_per_shard_,
                 "Samples in a shard (the last may have fewer)")
      ->check(CLI::PositiveNumber)
      ->capture_default_str()
      ->type_name("N");
  sample_.setup(app);
}

void SampleCommand::run() {
  ShardOptions options;
  options.database = database_;
  options.folder = out_;
  options.parameters = sample_.parameters(split_);
  options.split = split_;
  options.max_difficulty = max_difficulty_;
  options.first = start_;
  options.count = count_;
  options.epochs = epochs_;
  options.seed = seed_;
  options.samples_per_shard = samples_per_shard_;
  options.threads = common.threads;
  Progress progress(common, "samples");
  options.on_progress = [&progress](std::uint64_t done, std::uint64_t total) {
    progress.update(done, total);
  };
  const ShardSummary summary = write_shards(options);
  progress.clear();
  fmt::print("{}: {} samples in {} shards", out_, summary.samples, summary.shards);
  if (summary.samples_made < summary.samples)
    fmt::print(", of which {} were there already", summary.samples - summary.samples_made);
  fmt::print("\n");
}

}  // namespace mmgym
