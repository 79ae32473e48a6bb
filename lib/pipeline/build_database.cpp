#include "pipeline/build_database.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "database/gym_writer.h"
#include "database/tile_codec.h"
#include "pipeline/gym_rows.h"
#include "pipeline/in_order.h"
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

std::vector<InputFile> with_sizes(const std::vector<std::filesystem::path>& files) {
  std::vector<InputFile> inputs;
  for (const auto& file : files) {
    std::error_code ignored;  // what cannot be read is for the reading to tell
    const auto size = std::filesystem::file_size(file, ignored);
    inputs.push_back({file.string(), ignored ? 0 : size});
  }
  return inputs;
}

/// About how much memory an outcome takes up while it waits to be written.
std::size_t bytes_of(const InputOutcome& outcome) {
  std::size_t bytes = 0;
  for (const auto& structure : outcome.structures)
    for (const auto& assembly : structure.assemblies) {
      bytes += assembly.zones.size() * sizeof(ZoneRow);
      for (const auto& tile : assembly.tiles)
        bytes += sizeof(TileRow) + tile.drawing.size() + tile.annotation.size();
    }
  return bytes;
}

}  // namespace

GymCounts build_database(const BuildOptions& options) {
  check(options.parameters);
  const auto offsets_A = neighbor_offsets_A(options.parameters);
  const auto inputs = with_sizes(options.files);
  GymWriter writer(options.database, metadata_of(options.parameters), inputs, offsets_A);

  const std::size_t first = writer.inputs_done();
  InOrderLimits limits;
  limits.threads = options.threads;
  limits.window = 8 * static_cast<std::size_t>(options.threads);
  InOrder<InputOutcome> build(
      inputs.size() - first, limits, [&](std::size_t i) { return inputs[first + i].size; },
      [&](std::size_t i) {
        return process_file(options.files[first + i], options.parameters, offsets_A);
      },
      bytes_of,
      [&](std::size_t i, InputOutcome&& outcome) {
        for (const auto& rejected : writer.write(std::move(outcome))) options.on_rejected(rejected);
        options.on_progress(first + i + 1);
      });
  build.run();

  const GymCounts counts = writer.counts();
  const auto refuse = [&](const std::string& why) {
    writer.discard();
    throw std::runtime_error(options.database.string() + ": not made, for " + why);
  };
  if (options.strict && counts.rejected > 0)
    refuse(fmt::format("{} inputs were rejected, and --strict allows none", counts.rejected));
  if (counts.zones == 0)
    refuse(fmt::format("none of the {} input files has zones; '--log-level info' tells why",
                       inputs.size()));
  writer.finish();
  return counts;
}

}  // namespace mmgym
