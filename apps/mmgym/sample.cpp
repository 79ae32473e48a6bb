#include "sample.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "base/errors.h"
#include "base/stop_signal.h"
#include "base/text.h"
#include "numbers.h"
#include "output_files.h"
#include "progress.h"
#include "sampling/empty_views.h"
#include "setting_flags.h"
#include "shards/normalization.h"
#include "shards/stream_samples.h"

namespace mmgym {

void SampleCommand::setup(CLI::App& app) {
  app.add_option("database", database_, "Database made by build-db")
      ->required()
      ->type_name("GYM.SQLITE");
  app.add_option("--out", out_,
                 "Output folder for shards and index.json; -: one tar stream to standard output")
      ->required()
      ->type_name("FOLDER");
  app.add_option("--split", split_,
                 "Split to take zones from; all: every zone. Required if the database has splits")
      ->type_name("NAME");
  add_number(app, "--max-difficulty", max_difficulty_,
             "Use only zones whose mean difficulty is below this (see 'mmgym curriculum')", {})
      ->type_name("X");
  add_whole_number(app, "--start", start_, "Index of the first sample")->type_name("I");
  auto* count =
      add_whole_number(app, "--count", count_, "Number of samples (default: one per zone)", 1)
          ->default_str("")
          ->type_name("N");
  add_whole_number(app, "--epochs", epochs_,
                   "Number of samples, as a multiple of the number of zones; 0: endless, only with "
                   "--out -")
      ->excludes(count)
      ->type_name("N");
  add_whole_number(app, "--seed", seed_, "Random seed for the order of samples within an epoch")
      ->type_name("N");
  app.add_option(
         "--worker", worker_,
         "Be worker k of n, k from 0 to n - 1. Workers can share a folder: each makes whole "
         "shards, "
         "which do not depend on n, and the last one writes index.json. With --out -, each makes "
         "every n-th sample")
      ->capture_default_str()
      ->type_name("K/N");
  set_up_files(app);
  set_up_normalization(app);
  sample_.setup(app);
}

void SampleCommand::set_up_files(CLI::App& app) {
  const char* group = "Files";
  add_whole_number(app, "--samples-per-shard", samples_per_shard_,
                   "Number of samples per shard; the last may have fewer (default: 256)",
                   std::uint64_t{1})
      ->type_name("N")
      ->group(group);
  app.add_flag(
         "--finish", finish_,
         "Only write index.json, if workers have made all shards, and the last one was killed "
         "before it wrote it")
      ->group(group);
  app.add_flag("--verify", verify_,
               "Write nothing; read the finished folder and list all differences from what this "
               "command would write")
      ->group(group);
  app.add_flag("--no-space-check", no_space_check_,
               "Write also if the estimated size is larger than the free space, for file systems "
               "that compress")
      ->group(group);
  for (const FormatSetting& setting : kFormatSettings)
    add_setting(app, setting, format_)->group(group);
  sample_.add(app, sample_setting("with_atoms"))->group(group);
  add_whole_number(app, "--tile-cache", tile_cache_MiB_,
                   "Maximum memory for atoms read from the database, shared by all threads", 0,
                   std::numeric_limits<std::size_t>::max() >> 20)
      ->type_name("MIB")
      ->group("Common");
}

void SampleCommand::set_up_normalization(CLI::App& app) {
  const char* group = "Images";
  app.add_option(
         "--normalize", normalize_,
         "Normalize each channel to mean 0 and standard deviation 1, with the statistics in "
         "this folder's index.json")
      ->type_name("FOLDER")
      ->group(group);
  add_numbers(app, "--channel-mean", channel_mean_,
              "Mean of each channel, for normalization; needs --channel-std")
      ->type_name("X,X,...")
      ->group(group);
  add_numbers(app, "--channel-std", channel_std_,
              "Standard deviation of each channel, for normalization; needs --channel-mean")
      ->type_name("X,X,...")
      ->group(group);
}

RunOptions SampleCommand::run_options() const {
  RunOptions options;
  options.database = database_;
  options.parameters = sample_.request().parameters(split_);
  set_normalization(normalize_, channel_mean_, channel_std_, options.parameters);
  options.format = format_;
  options.split = split_;
  options.max_difficulty = max_difficulty_;
  options.first = start_;
  options.count = count_;
  options.epochs = epochs_;
  options.seed = seed_;
  if (out_ == kStandardOutput) options.share = parse_share("--worker", worker_);
  options.threads = common.threads;
  options.tile_cache_bytes = tile_cache_MiB_ << 20;
  options.on_start = [this](SampleRun& run) { describe(run); };
  return options;
}

void SampleCommand::describe(SampleRun& run) const {
  const std::string& split = run.options().split;
  const SampleParameters& parameters = run.options().parameters;
  if (parameters.task != Task::neighbor) return;
  common.note(fmt::format("samples of {}: neighbor noise {} A and {} degrees (--noise)",
                          split.empty() ? "all zones" : "split '" + split + "'",
                          parameters.noise_max_distance_A, parameters.noise_max_angle_deg));
  if (!spdlog::should_log(spdlog::level::warn)) return;  // the samples would be made for nothing
  const std::string warning = empty_views_warning(run.sample_set());
  if (!warning.empty()) spdlog::warn("{}", warning);
}

ShardOptions SampleCommand::shard_options() const {
  if (epochs_ == 0 && count_ == 0) throw UsageError("--epochs 0: endless samples need --out -");
  ShardOptions options;
  options.run = run_options();
  options.folder = out_;
  options.check_space = !no_space_check_;
  options.on_estimate = [this](const SizeEstimate& estimate, auto free_bytes) {
    common.note(fmt::format("about {} in {} shard{}{}", bytes_text(estimate.bytes), estimate.shards,
                            estimate.shards == 1 ? "" : "s",
                            free_bytes ? "; " + bytes_text(*free_bytes) + " are free" : ""));
  };
  options.samples_per_shard = samples_per_shard_.value_or(options.samples_per_shard);
  options.share = parse_share("--worker", worker_);
  return options;
}

void SampleCommand::run() {
  if (verify_ && finish_) throw UsageError("--verify and --finish exclude each other");
  if (out_ == kStandardOutput) return stream();
  if (verify_) return verify();
  write();
}

void SampleCommand::stream() {
  if (verify_ || finish_ || no_space_check_ || samples_per_shard_)
    throw UsageError(
        "--out -: a stream has no shards; remove --verify, --finish, --no-space-check and "
        "--samples-per-shard");
  if (::isatty(STDOUT_FILENO) == 1)
    throw UsageError("--out -: standard output is a terminal; redirect it to a pipe or a file");
  RunOptions options = run_options();
  Progress progress(common, "samples");
  if (options.epochs != 0)
    options.on_progress = [&progress](std::uint64_t done, std::uint64_t total) {
      progress.update(done, total);
    };
  // Without SIGPIPE, a write fails when the reader is gone, and the program is not killed.
  std::signal(SIGPIPE, SIG_IGN);
  enlarge_pipe(STDOUT_FILENO);
  FileSink sink(STDOUT_FILENO, "standard output");
  try {
    stream_samples(options, sink);
  } catch (const ReaderGone&) {
    // The reader closed the stream, which is no failure.
  }
}

void SampleCommand::verify() const {
  const auto problems = verify_folder(shard_options());
  for (const std::string& problem : problems) fmt::print("{}\n", printable(problem));
  if (!problems.empty())
    throw DataError(fmt::format(
        "{}: {} problem{}; remove the listed shards, then run the same command without --verify",
        out_, problems.size(), problems.size() == 1 ? "" : "s"));
  fmt::print("{}: all shards are correct\n", printable(out_));
}

void SampleCommand::write() {
  catch_stop_signals();
  ShardOptions options = shard_options();
  Progress progress(common, "samples");
  options.run.on_progress = [&progress](std::uint64_t done, std::uint64_t total) {
    progress.update(done, total);
  };
  ShardSummary summary;
  try {
    summary = finish_ ? finish_shards(options) : write_shards(options);
  } catch (const WriteError& error) {
    if (error.code().value() != ENOSPC && error.code().value() != EDQUOT) throw;
    throw Error(std::string(error.what()) +
                "; free some space, then run the same command again to continue");
  }
  progress.clear();
  fmt::print("{}: {} samples in {} shards", printable(out_), summary.samples, summary.shards);
  if (!options.share.is_all())
    fmt::print(", of which this worker made {}; {} shards are missing", summary.samples_made,
               summary.shards_missing);
  else if (summary.samples_made < summary.samples)
    fmt::print(", of which {} were there already", summary.samples - summary.samples_made);
  fmt::print("\n");
}

}  // namespace mmgym
