#include "fasta.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <filesystem>

#include "base/durable_file.h"
#include "base/stop_signal.h"
#include "base/text.h"
#include "build/write_fasta.h"
#include "inputs/input_files.h"
#include "limit_flags.h"
#include "numbers.h"
#include "progress.h"

namespace mmgym {

void FastaCommand::setup(CLI::App& app) {
  app.add_option(
         "inputs", inputs_,
         "mmCIF and BinaryCIF files, folders, tar archives, or @LIST files, as for build-db")
      ->required()
      ->type_name("INPUT");
  app.add_option("--out", out_, "Output file; -: standard output")
      ->capture_default_str()
      ->type_name("FILE");
  app.add_option("--type", type_, "Type of polymers; nucleic-acid: dna, rna and hybrids")
      ->check(CLI::IsMember({"protein", "d-protein", "dna", "rna", "nucleic-acid"}))
      ->capture_default_str();
  add_whole_number(app, "--min-length", min_length_, "Minimum length of a sequence")
      ->type_name("N");
  output_.setup(app);
  add_limits(app, limits_);
}

void FastaCommand::run() {
  if (out_ != kStandardOutput) output_.check(out_);
  FastaOptions options;
  // What goes to standard output needs no clean-up.
  if (out_ != kStandardOutput) catch_stop_signals();
  options.files =
      input_files(inputs_, [](const std::string& remark) { spdlog::warn("{}", remark); });
  options.type = type_;
  options.min_length = min_length_;
  options.limits = limits_;
  options.threads = common.threads;
  Progress progress(common, "files");
  options.on_progress = [&](std::size_t done) { progress.update(done, options.files.size()); };
  options.on_unreadable = [&progress](const std::string& failure) {
    progress.clear();
    spdlog::warn("{}", failure);
  };
  const auto write_to = [&](ByteSink& sink) {
    const FastaCounts counts = write_fasta(options, sink);
    progress.clear();
    if (counts.sequences == 0)
      throw InputError(fmt::format("none of the {} files has a sequence of type {}",
                                   options.files.size(), type_));
    return counts;
  };
  if (out_ == kStandardOutput) {
    FileSink sink(STDOUT_FILENO, "standard output");
    write_to(sink);
    return;
  }
  DurableFile file(std::filesystem::absolute(out_));
  const FastaCounts counts = write_to(file.sink());
  file.commit();
  fmt::print("{}: {} sequences\n", printable(out_), counts.sequences);
}

}  // namespace mmgym
