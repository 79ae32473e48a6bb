#include "sample.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "base/errors.h"
#include "base/text.h"
#include "numbers.h"
#include "progress.h"
#include "setting_flags.h"
#include "shards/normalization.h"
#include "shards/stream_samples.h"

namespace mmgym {
namespace {

constexpr const char* kStandardOutput = "-";

/// Parses "k/n". Workers count from 0.
WorkerShare parse_worker(const std::string& text) {
  WorkerShare share;
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view all = text;
  if (slash == all.size() || !parse_number(all.substr(0, slash), share.worker) ||
      !parse_number(all.substr(slash + 1), share.workers))
    throw UsageError("--worker: '" + text +
                     "' is not k/n: worker k of n, counted from 0, such as 0/4");
  if (share.worker >= share.workers)
    throw UsageError("--worker: there is no worker k of n in '" + text +
                     "', for k counts from 0 to n - 1");
  return share;
}

}  // namespace

void SampleCommand::setup(CLI::App& app) {
  app.add_option("database", database_, "A database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  app.add_option("--out", out_,
                 "The folder for shards and their index.json, or - for one tar stream to standard "
                 "output")
      ->required()
      ->type_name("FOLDER");
  app.add_option("--split", split_, "Take zones of this split (default: all zones)")
      ->type_name("NAME");
  add_number(app, "--max-difficulty", max_difficulty_,
             "Take zones that are easier than this on average, by the curriculum", {})
      ->type_name("X");
  add_whole_number(app, "--start", start_, "Index of the first sample")->type_name("I");
  auto* count =
      add_whole_number(app, "--count", count_, "Number of samples (default: one per zone)", 1)
          ->default_str("")
          ->type_name("N");
  add_whole_number(app, "--epochs", epochs_,
                   "Number of samples, as a multiple of the number of zones; 0: without end, for "
                   "--out -")
      ->excludes(count)
      ->type_name("N");
  add_whole_number(app, "--seed", seed_,
                   "Of the order in which the samples of an epoch are written")
      ->type_name("N");
  app.add_option("--worker", worker_,
                 "Make the share of worker k of n, k from 0: together they make each sample once")
      ->capture_default_str()
      ->type_name("K/N");
  set_up_files(app);
  set_up_normalization(app);
  sample_.setup(app);
}

void SampleCommand::set_up_files(CLI::App& app) {
  const char* group = "Files";
  add_whole_number(app, "--samples-per-shard", samples_per_shard_,
                   "Samples in a shard, of which the last may have fewer (default: 256)",
                   std::uint64_t{1})
      ->type_name("N")
      ->group(group);
  app.add_flag("--verify", verify_,
               "Write nothing: read the finished folder again, and list what is not as this "
               "command would have written it")
      ->group(group);
  for (const FormatSetting& setting : kFormatSettings)
    add_setting(app, setting, format_)->group(group);
  sample_.add(app, sample_setting("with_atoms"))->group(group);
  add_whole_number(app, "--tile-cache", tile_cache_MiB_,
                   "Memory for atoms read from the database, for all threads together", 0,
                   std::numeric_limits<std::size_t>::max() >> 20)
      ->type_name("MIB")
      ->group("Common");
}

void SampleCommand::set_up_normalization(CLI::App& app) {
  const char* group = "Images";
  auto* folder = app.add_option("--normalize", normalize_,
                                "Bring each channel to mean 0 and standard deviation 1, with those "
                                "in the index.json of this folder of shards")
                     ->type_name("FOLDER")
                     ->group(group);
  auto* mean =
      add_numbers(app, "--channel-mean", channel_mean_, "The same with given means and deviations")
          ->excludes(folder)
          ->type_name("X,X,...")
          ->group(group);
  auto* deviation = add_numbers(app, "--channel-std", channel_std_, "A deviation for each channel")
                        ->excludes(folder)
                        ->needs(mean)
                        ->type_name("X,X,...")
                        ->group(group);
  mean->needs(deviation);
}

RunOptions SampleCommand::run_options() const {
  RunOptions options;
  options.database = database_;
  options.parameters = sample_.request().parameters(split_);
  options.parameters.channel_mean = channel_mean_;
  options.parameters.channel_std = channel_std_;
  if (!normalize_.empty()) normalize_like(normalize_, options.parameters);
  options.format = format_;
  if (options.parameters.normalized() && format_.encoding == Encoding::sparse)
    throw UsageError(
        "--encoding sparse: voxels without atoms are not 0 once they are normalized; normalize "
        "where the images are read, or write them dense");
  options.split = split_;
  options.max_difficulty = max_difficulty_;
  options.first = start_;
  options.count = count_;
  options.epochs = epochs_;
  options.seed = seed_;
  options.share = parse_worker(worker_);
  options.threads = common.threads;
  options.tile_cache_bytes = tile_cache_MiB_ << 20;
  return options;
}

ShardOptions SampleCommand::shard_options() const {
  if (epochs_ == 0 && count_ == 0)
    throw UsageError("--epochs 0: samples without end go to --out - only");
  ShardOptions options;
  options.run = run_options();
  options.folder = out_;
  options.samples_per_shard = samples_per_shard_.value_or(options.samples_per_shard);
  return options;
}

void SampleCommand::run() {
  if (out_ == kStandardOutput) return stream();
  if (verify_) return verify();
  write();
}

void SampleCommand::stream() {
  if (verify_ || samples_per_shard_)
    throw UsageError("--out - has no shards for --verify or --samples-per-shard");
  if (::isatty(STDOUT_FILENO) == 1)
    throw UsageError("--out -: standard output is a terminal; give it a pipe or a file");
  RunOptions options = run_options();
  Progress progress(common, "samples");
  if (options.epochs != 0)
    options.on_progress = [&progress](std::uint64_t done, std::uint64_t total) {
      progress.update(done, total);
    };
  // The end of the reader shall be seen where something is written, and not kill the program.
  std::signal(SIGPIPE, SIG_IGN);
  enlarge_pipe(STDOUT_FILENO);
  FileSink sink(STDOUT_FILENO, "standard output");
  try {
    stream_samples(options, sink);
  } catch (const ReaderGone&) {
    // It has seen enough.
  }
}

void SampleCommand::verify() const {
  const auto problems = verify_folder(shard_options());
  for (const std::string& problem : problems) fmt::print("{}\n", problem);
  if (!problems.empty())
    throw DataError(fmt::format(
        "{}: {} problem{}; remove the shards named, and the same command without --verify makes "
        "them again",
        out_, problems.size(), problems.size() == 1 ? "" : "s"));
  fmt::print("{}: all shards are as they were written\n", out_);
}

void SampleCommand::write() {
  ShardOptions options = shard_options();
  Progress progress(common, "samples");
  options.run.on_progress = [&progress](std::uint64_t done, std::uint64_t total) {
    progress.update(done, total);
  };
  ShardSummary summary;
  try {
    summary = write_shards(options);
  } catch (const WriteError& error) {
    if (error.code().value() != ENOSPC && error.code().value() != EDQUOT) throw;
    throw std::runtime_error(std::string(error.what()) +
                             "; free some space, then run the same command again: it goes on "
                             "where it stopped");
  }
  progress.clear();
  fmt::print("{}: {} samples in {} shards", out_, summary.samples, summary.shards);
  if (summary.samples_made < summary.samples)
    fmt::print(", of which {} were there already", summary.samples - summary.samples_made);
  fmt::print("\n");
}

}  // namespace mmgym
