#include "build_db.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>

#include "build/build_database.h"
#include "census/common_additives.h"
#include "inputs/input_files.h"
#include "inputs/text_lines.h"
#include "numbers.h"
#include "progress.h"
#include "setting_flags.h"

namespace mmgym {

void BuildDbCommand::setup(CLI::App& app) {
  app.add_option("inputs", inputs_,
                 "mmCIF files, folders searched for *.cif, *.cif.gz and *.cif.zst, or @LIST files "
                 "that name "
                 "such inputs, one a line")
      ->required()
      ->type_name("INPUT");
  app.add_option("--db", database_, "The database to make")->required()->type_name("FILE");
  output_.setup(app);
  app.add_flag("--strict", strict_,
               "Make it an error if any input is rejected, for having no zones too");
  setup_choice(app);
  setup_zones(app);
}

void BuildDbCommand::setup_choice(CLI::App& app) {
  const char* group = "Choice";
  app.add_flag("--keep-all", census_.keep_all,
               "Keep every zone, also of what better structures have already")
      ->group(group);
  app.add_option("--validation", census_.validation,
                 "A folder searched for the wwPDB's *_validation.cif.gz, to rank by")
      ->type_name("DIR")
      ->group(group);
  app.add_option("--clusters", census_.clusters,
                 "Entities that count as the same, besides identical ones: MMseqs2's TSV or RCSB's "
                 "clusters-by-entity; can be given several times")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--nonspecific", nonspecific_,
                 "Residue codes, one a line, of ligands that are no reason to choose a zone; "
                 "'common' stands for a list of what crystals are grown with")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--blacklist", census_.blacklist,
                 "PDB ids, one a line, to keep out with all that shares a cluster with them")
      ->type_name("FILE")
      ->group(group);
  add_number(app, "--max-resolution", census_.max_resolution_A,
             "Structures have a better resolution than this, or none (NMR)", kPositive)
      ->type_name("A")
      ->group(group);
  auto* cath =
      app.add_option("--cath", cath_, "A folder of CATH-Plus, for the label of its domains")
          ->type_name("DIR")
          ->group(group);
  add_whole_number(app, "--cath-min-domains", cath_min_domains_,
                   "An architecture that has this many domains in CATH is a label", 1)
      ->needs(cath)
      ->type_name("N")
      ->group(group);
}

void BuildDbCommand::setup_zones(CLI::App& app) {
  const char* group = "Zones";
  for (const ZoneSetting& setting : zone_settings()) {
    if (setting.help.empty()) continue;
    add_setting(app, setting, parameters_)->group(group);
    if (setting.key == "nonbiological_residues")
      app.add_option("--nonbiological", nonbiological_, "The same from files, one code a line")
          ->type_name("FILE")
          ->group(group);
  }
}

void BuildDbCommand::run() {
  if (parameters_.allowed_elements == std::vector<std::string>{"*"})
    parameters_.allowed_elements.clear();
  output_.check(database_);

  const auto add_codes = [](const std::vector<std::string>& codes, std::vector<std::string>& to) {
    to.insert(to.end(), codes.begin(), codes.end());
  };
  for (const auto& list : nonspecific_)
    add_codes(list == "common" ? common_additives() : read_residue_codes(list),
              parameters_.nonspecific_residues);
  for (const auto& list : nonbiological_)
    add_codes(read_residue_codes(list), parameters_.nonbiological_residues);

  BuildOptions options;
  options.files = input_files(inputs_);
  options.database = database_;
  options.parameters = parameters_;
  options.census = census_;
  options.cath = cath_;
  options.cath_min_domains = cath_min_domains_;
  options.threads = common.threads;
  options.strict = strict_;
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
    // Having no zones is nothing unusual, and most small structures have none; nor is it to have
    // none that is new.
    const bool is_usual = rejected.stage != "read" && rejected.stage != "parse";
    const auto level = is_usual ? spdlog::level::info : spdlog::level::warn;
    spdlog::log(level, "{}: {}", rejected.path, rejected.reason);
  };
  const BuildResult counts = build_database(options);
  progress.clear();
  spdlog::info("done in {:.2f} s; {} of {} files had to be expanded, and {} were in vain",
               seconds(), counts.expanded, options.files.size(), counts.expanded_in_vain);
  if (counts.zones == 0) spdlog::warn("there are no zones; 'mmgym info {}' tells why", database_);
  fmt::print("{}: {} structures, {} assemblies, {} zones, {} zone-neighbor pairs, {} rejected\n",
             database_, counts.structures, counts.assemblies, counts.zones, counts.zone_neighbors,
             counts.rejected);
}

}  // namespace mmgym
