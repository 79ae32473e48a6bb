#include "pipeline/build_database.h"

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "database/gym_writer.h"
#include "database/tile_codec.h"
#include "pipeline/gym_rows.h"
#include "structure/read_structure.h"
#include "version.h"

namespace mmgym {
namespace {

using nlohmann::json;

Metadata metadata_of(const ZoneParameters& p) {
  const json values = {
      {"zone_size_A", p.zone_size_A},
      {"density_check_radius_A", p.density_check_radius_A},
      {"density_check_voxel_size_A", p.density_check_voxel_size_A},
      {"density_check_min_atoms_nm3", p.density_check_min_atoms_nm3},
      {"density_check_max_atoms_nm3", p.density_check_max_atoms_nm3},
      {"subchain_check_radius_A", p.subchain_check_radius_A},
      {"subchain_check_fraction_of_zone", p.subchain_check_fraction_of_zone},
      {"subchain_check_fraction_of_subchain", p.subchain_check_fraction_of_subchain},
      {"subchain_pair_check_fraction_of_zone", p.subchain_pair_check_fraction_of_zone},
      {"subchain_pair_check_fraction_of_subchain", p.subchain_pair_check_fraction_of_subchain},
      {"neighbor_geometry", p.neighbor_geometry},
      {"neighbor_distance_A", p.neighbor_distance_A},
      {"neighbor_count_threshold", p.neighbor_count_threshold},
      {"allowed_elements", p.allowed_elements},
      {"nonbiological_residues", p.nonbiological_residues},
      {"atom_inclusion_radius_A", p.atom_inclusion_radius_A},
      {"atom_inclusion_boundary_depth_A", p.atom_inclusion_boundary_depth_A},
      {"atom_tile_edge_A", kAtomTileEdge_A},
      {"polymer_labels", kPolymerLabels},
      {"cath_labels", json::array()},
      {"schema_version", kSchemaVersion},
      {"written_by",
       {{"program", "mmgym"},
        {"version", kVersion},
        {"sqlite", sqlite_version()},
        {"gemmi", gemmi_version()}}}};
  Metadata metadata;
  for (const auto& [key, value] : values.items()) metadata[key] = value.dump();
  return metadata;
}

/// Takes the outcomes of files in order and writes what is to be kept of them.
class OutcomeWriter {
 public:
  OutcomeWriter(const BuildOptions& options, GymWriter& writer)
      : options_(options), writer_(writer) {}

  void write(std::size_t file, FileOutcome& outcome) {
    const std::string path = options_.files[file].string();
    if (!outcome.pdb_id.empty()) {
      const auto [first, is_new] = file_of_.try_emplace(outcome.pdb_id, path);
      if (!is_new) {
        outcome.structure.reset();
        outcome.rejected = {
            {path, outcome.pdb_id, "", "read",
             fmt::format("PDB id {} was already read from {}", outcome.pdb_id, first->second)}};
      }
    }
    for (const auto& rejected : outcome.rejected) {
      writer_.write(rejected);
      options_.on_rejected(rejected);
    }
    if (outcome.structure) writer_.write(*outcome.structure);
    options_.on_progress(++done_);
  }

 private:
  const BuildOptions& options_;
  GymWriter& writer_;
  std::unordered_map<std::string, std::string> file_of_;  // by PDB id
  std::size_t done_ = 0;
};

}  // namespace

GymCounts build_database(const BuildOptions& options) {
  check(options.parameters);
  const auto offsets_A = neighbor_offsets_A(options.parameters);
  GymWriter writer(options.database, metadata_of(options.parameters), offsets_A);
  OutcomeWriter outcomes(options, writer);

  struct Item {
    std::size_t file;
    FileOutcome outcome;
  };
  using ItemPtr = std::shared_ptr<Item>;
  const auto threads = static_cast<std::size_t>(options.threads);
  const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
  std::size_t next = 0;
  // No more files than twice the threads are in memory, whatever waits for its turn to be written.
  tbb::parallel_pipeline(
      2 * threads,
      tbb::make_filter<void, ItemPtr>(tbb::filter_mode::serial_in_order,
                                      [&](tbb::flow_control& control_flow) -> ItemPtr {
                                        if (next == options.files.size()) {
                                          control_flow.stop();
                                          return nullptr;
                                        }
                                        return std::make_shared<Item>(Item{next++, {}});
                                      }) &
          tbb::make_filter<ItemPtr, ItemPtr>(tbb::filter_mode::parallel,
                                             [&](ItemPtr item) {
                                               item->outcome =
                                                   process_file(options.files[item->file],
                                                                options.parameters, offsets_A);
                                               return item;
                                             }) &
          tbb::make_filter<ItemPtr, void>(
              tbb::filter_mode::serial_in_order,
              [&](const ItemPtr& item) { outcomes.write(item->file, item->outcome); }));

  const GymCounts counts = writer.counts();
  if (counts.zones == 0)
    throw std::runtime_error(fmt::format(
        "{}: not made, for none of the {} input files has zones; '--log-level info' tells why",
        options.database.string(), options.files.size()));
  writer.finish();
  return counts;
}

}  // namespace mmgym
