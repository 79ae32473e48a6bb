#include "build_db.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <filesystem>

#include "build/build_database.h"
#include "census/common_additives.h"
#include "inputs/input_files.h"
#include "inputs/text_lines.h"
#include "progress.h"

namespace mmgym {

void BuildDbCommand::setup(CLI::App& app) {
  app.add_option("inputs", inputs_,
                 "mmCIF files, folders searched for *.cif, *.cif.gz and *.cif.zst, or @LIST files "
                 "that name "
                 "such inputs, one a line")
      ->required()
      ->type_name("INPUT");
  app.add_option("--db", database_, "The database to make")->required()->type_name("FILE");
  app.add_flag("--force", force_, "Replace the database if it exists");
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
  app.add_option("--max-resolution", census_.max_resolution_A,
                 "Structures have a better resolution than this, or none (NMR)")
      ->check(CLI::PositiveNumber)
      ->capture_default_str()
      ->type_name("A")
      ->group(group);
  auto* cath =
      app.add_option("--cath", cath_, "A folder of CATH-Plus, for the label of its domains")
          ->type_name("DIR")
          ->group(group);
  app.add_option("--cath-min-domains", cath_min_domains_,
                 "An architecture that has this many domains in CATH is a label")
      ->needs(cath)
      ->check(CLI::PositiveNumber)
      ->capture_default_str()
      ->type_name("N")
      ->group(group);
}

void BuildDbCommand::setup_zones(CLI::App& app) {
  ZoneParameters& p = parameters_;
  const auto number = [&app](const char* flag, double& value, const char* unit, const char* help) {
    app.add_option(flag, value, help)->capture_default_str()->type_name(unit)->group("Zones");
  };
  number("--zone-size", p.zone_size_A, "A", "Edge of a zone");
  number("--density-check-radius", p.density_check_radius_A, "A",
         "Radius of the sphere over which densities are averaged");
  number("--density-check-voxel-size", p.density_check_voxel_size_A, "A",
         "Edge of the voxels in which atoms are counted");
  number("--density-check-min-atoms", p.density_check_min_atoms_nm3, "ATOMS/NM3",
         "A zone and its neighbors are denser than this");
  number("--density-check-max-atoms", p.density_check_max_atoms_nm3, "ATOMS/NM3",
         "An assembly that is denser anywhere is rejected");
  number("--subchain-check-radius", p.subchain_check_radius_A, "A",
         "How near atoms count for the subchains of a zone");
  number("--subchain-check-fraction-of-zone", p.subchain_check_fraction_of_zone, "0-1",
         "A zone has a subchain that makes up this much of it");
  number("--subchain-check-fraction-of-subchain", p.subchain_check_fraction_of_subchain, "0-1",
         "or of which it holds this much");
  number("--subchain-pair-check-fraction-of-zone", p.subchain_pair_check_fraction_of_zone, "0-1",
         "The same for each subchain of a pair");
  number("--subchain-pair-check-fraction-of-subchain", p.subchain_pair_check_fraction_of_subchain,
         "0-1", "The same for each subchain of a pair");
  app.add_option("--neighbor-geometry", p.neighbor_geometry,
                 "Where neighbors lie: '<shape> faces' or '<shape> and <shape> faces'; shapes are "
                 "tetrahedron, cube, octahedron, dodecahedron, icosahedron")
      ->capture_default_str()
      ->type_name("GEOMETRY")
      ->group("Zones");
  number("--neighbor-distance", p.neighbor_distance_A, "A", "How far neighbors lie");
  app.add_option("--neighbor-count-threshold", p.neighbor_count_threshold,
                 "A zone has at least this many neighbors; 0: neighbors are not looked for")
      ->capture_default_str()
      ->type_name("N")
      ->group("Zones");
  app.add_option("--allowed-elements", p.allowed_elements,
                 "An assembly with any other element is rejected; '*' allows all")
      ->delimiter(',')
      ->capture_default_str()
      ->type_name("E,E,...")
      ->group("Zones");
  app.add_option("--nonbiological-residues", p.nonbiological_residues,
                 "Residue codes that do not count for densities, unless part of a polymer")
      ->delimiter(',')
      ->type_name("CODE,CODE,...")
      ->group("Zones");
  app.add_option("--nonbiological", nonbiological_, "The same from files, one code a line")
      ->type_name("FILE")
      ->group("Zones");
  number("--atom-inclusion-radius", p.atom_inclusion_radius_A, "A",
         "Atoms this near to a zone's center are stored");
  number("--atom-inclusion-boundary-depth", p.atom_inclusion_boundary_depth_A, "A",
         "and those this much further away, flagged as out of bounds");
}

void BuildDbCommand::run() {
  if (parameters_.allowed_elements == std::vector<std::string>{"*"})
    parameters_.allowed_elements.clear();
  if (std::filesystem::exists(database_) && !force_)
    throw DataError(database_ + ": exists; --force replaces it");

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
