#include "build_db.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <sstream>

#include "base/durable_file.h"
#include "base/stop_signal.h"
#include "build/build_database.h"
#include "build/input_part.h"
#include "census/common_additives.h"
#include "inputs/input_files.h"
#include "inputs/text_lines.h"
#include "limit_flags.h"
#include "messages.h"
#include "numbers.h"
#include "profile/chrome_trace.h"
#include "progress.h"
#include "setting_flags.h"

namespace mmgym {

void BuildDbCommand::setup(CLI::App& app) {
  app.add_option(
         "inputs", inputs_,
         "mmCIF and BinaryCIF files, tar archives of them, folders to search for both "
         "(*.cif, *.bcif, these as *.gz or *.zst, and *.tar), or @LIST files with one input "
         "per line")
      ->required()
      ->type_name("INPUT");
  app.add_option("--db", database_, "Database to write")->required()->type_name("FILE");
  app.add_option(
         "--part", part_,
         "Only the k-th of n parts of the inputs, k from 0 to n - 1, by a hash of the names "
         "of files; 'mmgym merge' joins the databases of all parts")
      ->type_name("k/n");
  app.add_option(
         "--rebuild", rebuild_,
         "Only the files of which this database may lack zones (see 'mmgym merge'), found by "
         "their names; give the options with which the database was built")
      ->type_name("GYM.SQLITE");
  app.add_option("--trace", trace_,
                 "JSON file for the start and end of each stage in each thread, for "
                 "https://ui.perfetto.dev; --log-level debug prints a table of the stages")
      ->type_name("FILE");
  output_.setup(app);
  app.add_flag("--strict", strict_,
               "Fail if any input is rejected, including inputs without zones");
  setup_choice(app);
  setup_zones(app);
  add_limits(app, census_.limits);
}

void BuildDbCommand::setup_choice(CLI::App& app) {
  const char* group = "Choice";
  app.add_flag("--keep-all", census_.keep_all,
               "Keep every zone, including those whose molecules are in better structures")
      ->group(group);
  app.add_option(
         "--validation", census_.validation,
         "Folder to search for wwPDB validation reports (*_validation.cif.gz), which affect "
         "the rank of structures")
      ->type_name("DIR")
      ->group(group);
  app.add_option(
         "--clusters", census_.clusters,
         "Clusters of entities, as MMseqs2's TSV or RCSB's clusters-by-entity; the entities "
         "of a cluster count as the same; can be given several times")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--nonspecific", nonspecific_,
                 "Residue codes, one per line, of ligands that are ignored when zones are chosen; "
                 "'common': a built-in list of crystallization additives")
      ->type_name("FILE")
      ->group(group);
  app.add_option(
         "--blacklist", census_.blacklist,
         "PDB ids, one per line, of structures to leave out, with every structure that shares a "
         "cluster with them")
      ->type_name("FILE")
      ->group(group);
  add_number(
      app, "--max-resolution", census_.max_resolution_A,
      "Reject structures of this or a worse resolution; structures without one (NMR) are kept",
      kPositive)
      ->type_name("A")
      ->group(group);
  auto* cath = app.add_option("--cath", cath_, "Folder with CATH-Plus, for labels of domains")
                   ->type_name("DIR")
                   ->group(group);
  add_whole_number(app, "--cath-min-domains", cath_min_domains_,
                   "Minimum number of domains in CATH of an architecture that is used as a label",
                   1)
      ->needs(cath)
      ->type_name("N")
      ->group(group);
}

void BuildDbCommand::setup_zones(CLI::App& app) {
  const char* group = "Zones";
  app.add_option("--preset", preset_,
                 "Defaults of zones. neighbor: zones with at least one dense neighbor, for samples "
                 "of two views; single: --neighbor-count-threshold 0, for samples of one view, "
                 "which also keeps small structures")
      ->check(CLI::IsMember({"neighbor", "single"}))
      ->capture_default_str()
      ->group(group);
  for (const ZoneSetting& setting : zone_settings()) {
    if (setting.help.empty()) continue;
    auto* option = add_setting(app, setting, parameters_)->group(group);
    if (setting.key == "neighbor_count_threshold") neighbor_count_ = option;
    if (setting.key == "nonbiological_residues")
      app.add_option(
             "--nonbiological", nonbiological_,
             "Files of residue codes, one per line, that are added to --nonbiological-residues")
          ->type_name("FILE")
          ->group(group);
  }
}

void BuildDbCommand::run() {
  if (preset_ == "single" && neighbor_count_->count() == 0)
    parameters_.neighbor_count_threshold = 0;
  parameters_.allowed_elements = named_elements(parameters_.allowed_elements);
  output_.check(database_);
  if (!trace_.empty()) output_.check(trace_);

  const auto add_codes = [](const std::vector<std::string>& codes, std::vector<std::string>& to) {
    to.insert(to.end(), codes.begin(), codes.end());
  };
  for (const auto& list : nonspecific_)
    add_codes(list == "common" ? common_additives() : read_residue_codes(list),
              parameters_.nonspecific_residues);
  for (const auto& list : nonbiological_)
    add_codes(read_residue_codes(list), parameters_.nonbiological_residues);

  BuildOptions options;
  catch_stop_signals();
  options.files =
      input_files(inputs_, [](const std::string& remark) { spdlog::warn("{}", remark); });
  if (!part_.empty()) {
    options.part = parse_share("--part", part_);
    std::erase_if(options.files, [&](const InputSource& file) {
      return !is_in_part(file.file_name(), *options.part);
    });
  }
  if (!rebuild_.empty()) {
    if (const std::size_t missing = keep_incomplete(rebuild_, options.files); missing > 0)
      spdlog::warn("{}: {} of the files of which it lacks zones are not among the inputs", rebuild_,
                   missing);
    if (options.files.empty())
      throw InputError(rebuild_ + ": lacks no zones of these inputs; there is nothing to build");
  }
  options.database = database_;
  options.parameters = parameters_;
  options.census = census_;
  options.cath = cath_;
  options.cath_min_domains = cath_min_domains_;
  options.threads = common.threads;
  options.strict = strict_;
  ThreadTimes times(!trace_.empty());
  if (!trace_.empty() || spdlog::should_log(spdlog::level::debug)) options.times = &times;
  const auto seconds = [start = std::chrono::steady_clock::now()] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  Progress reading(common, "files read");
  Progress progress(common, "files searched");
  options.on_facts_read = [&](std::size_t done) {
    reading.update(done, options.files.size());
    if (done < options.files.size()) return;
    reading.clear();
    spdlog::info("facts of {} files read in {:.2f} s", done, seconds());
  };
  options.on_settled = [&](std::size_t done) { progress.update(done, options.files.size()); };
  options.on_remark = [&progress](const std::string& remark) {
    progress.clear();
    spdlog::warn("{}", remark);
  };
  options.on_rejected = [&progress](const RejectedRow& rejected) {
    progress.clear();
    // Most small structures have no zones, and many structures have no new ones.
    const bool is_usual =
        rejected.stage != "read" && rejected.stage != "parse" && rejected.stage != "write";
    const auto level = is_usual ? spdlog::level::info : spdlog::level::warn;
    spdlog::log(level, "{}: {}", rejected.path, rejected.reason);
  };
  const BuildResult counts = build_database(options);
  progress.clear();
  spdlog::info(
      "done in {:.2f} s; {} of {} files were expanded, and {} more without need; writing, "
      "which one thread does at a time, took {:.2f} s",
      seconds(), counts.expanded, options.files.size(), counts.expanded_unneeded, counts.write_s);
  if (options.times != nullptr) {
    std::istringstream table(stage_table(times.total()));
    for (std::string line; std::getline(table, line);) spdlog::debug("{}", line);
  }
  if (!trace_.empty()) write_durably(trace_, chrome_trace({{"build-db", times.take_events()}}));
  if (counts.computed_models > 0)
    spdlog::info("{} structures are computed models; {} of their residues were left out",
                 counts.computed_models, counts.unsure_residues);
  if (counts.unmodelled_atoms > 0)
    spdlog::warn("{} atoms without coordinates were passed over", counts.unmodelled_atoms);
  if (counts.zones == 0)
    spdlog::warn("no zones found; 'mmgym info {}' lists the reasons", database_);
  print_counts(database_, counts);
}

}  // namespace mmgym
