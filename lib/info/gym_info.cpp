#include "info/gym_info.h"

#include <algorithm>
#include <numbers>
#include <set>
#include <unordered_set>

#include "database/annotated_atoms.h"

namespace mmgym {
namespace {

/// Returns atoms per nm³ in the spheres around up to `most_zones` zones, from the atoms themselves.
/// (build-db interpolates a grid; its values differ by at most 2.)
ValueRange measure_densities(GymReader& reader, AnnotatedAtomReader& atom_reader,
                             std::int64_t most_zones) {
  const double radius_A = density_check_radius_A(reader);
  const auto residues = reader.metadata_texts("nonbiological_residues");
  const std::unordered_set<std::string> ignored(residues.begin(), residues.end());
  const double volume_nm3 = 4.0 / 3.0 * std::numbers::pi * radius_A * radius_A * radius_A / 1e3;
  const auto zones = reader.zone_ids();
  const auto count = std::min<std::size_t>(zones.size(), static_cast<std::size_t>(most_zones));
  std::vector<double> densities;
  for (std::size_t n = 0; n < count; ++n) {
    const ZoneInfo zone = reader.zone(zones[n * zones.size() / count]);
    const auto atoms = atom_reader.near_box(zone.assembly_id, zone.center_A.array() - radius_A,
                                            zone.center_A.array() + radius_A);
    double occupancy = 0;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const Eigen::Vector3d position_A(atoms.drawing.x_A[i], atoms.drawing.y_A[i],
                                       atoms.drawing.z_A[i]);
      if ((position_A - zone.center_A).squaredNorm() > radius_A * radius_A) continue;
      const bool is_polymer = (atoms.drawing.flags[i] & kIsPolymer) != 0;
      const auto& residue = atoms.annotation.residues[atoms.annotation.residue[i]];
      if (is_polymer || !ignored.contains(residue.comp_id)) occupancy += atoms.drawing.occupancy[i];
    }
    densities.push_back(occupancy / volume_nm3);
  }
  return value_range(std::move(densities));
}

/// Counts the subchains in zones, by kind, for up to `most_assemblies` assemblies.
void count_subchain_kinds(GymReader& reader, AnnotatedAtomReader& atom_reader,
                          std::int64_t most_assemblies, GymInfo& info) {
  const auto labels = reader.metadata_texts("polymer_labels");
  const auto assemblies = assembly_ids(reader);
  const auto count =
      std::min<std::size_t>(assemblies.size(), static_cast<std::size_t>(most_assemblies));
  info.assemblies_looked_at = static_cast<std::int64_t>(count);
  for (std::size_t n = 0; n < count; ++n) {
    const std::int64_t assembly_id = assemblies[n * assemblies.size() / count];
    const auto in_zones = subchains_of_zones(reader, assembly_id);
    const AnnotatedAtoms atoms = atom_reader.all(assembly_id);
    std::set<std::pair<std::string, int>> counted;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const auto& residue = atoms.annotation.residues[atoms.annotation.residue[i]];
      const std::pair<std::string, int> key(residue.subchain_id,
                                            static_cast<int>(residue.symmetry_mate));
      if (!in_zones.contains(key) || !counted.insert(key).second) continue;
      const bool is_polymer = (atoms.drawing.flags[i] & kIsPolymer) != 0;
      const auto label = static_cast<std::size_t>(residue.polymer_label.value_or(-1));
      ++info.subchain_kinds[label < labels.size() ? labels[label]
                            : is_polymer          ? "another polymer"
                                                  : "not a polymer"];
    }
  }
}

}  // namespace

GymInfo gym_info(const std::string& path, const GymInfoOptions& options) {
  GymReader reader(path);
  GymInfo info;
  info.path = path;
  std::optional<GymReader::Snapshot> snapshot(reader);
  info.bytes = database_bytes(reader);
  info.rows = rows_by_table(reader);
  info.metadata = read_metadata(reader.connection());
  info.splits = split_counts(reader);
  info.leaks = count_leaks(reader.connection());
  info.zones_by_neighbors = zones_by_neighbors(reader);
  info.structures_by_zones = structures_by_zones(reader);
  info.resolutions_A = resolutions_A(reader);
  info.structures_without_zones = structures_without_zones(reader);
  info.rejected = rejected_rows(reader);
  info.counts = count_rows(reader.connection());
  snapshot.reset();
  if (options.quick) return info;
  AnnotatedAtomReader atom_reader(reader);
  info.densities_nm3 = measure_densities(reader, atom_reader, options.most_zones);
  count_subchain_kinds(reader, atom_reader, options.most_assemblies, info);
  info.storage = storage(reader);
  return info;
}

std::string reason_kind(const std::string& reason) {
  const std::string head = reason.substr(0, reason.find(':'));
  std::string kind;
  std::string word;
  const auto end_word = [&] {
    const bool varies = word.find_first_of("0123456789/'") != std::string::npos;
    if (!kind.empty()) kind += ' ';
    kind += varies ? "…" : word;
    word.clear();
  };
  for (const char c : head) {
    if (c == ' ')
      end_word();
    else
      word += c;
  }
  end_word();
  return kind;
}

}  // namespace mmgym
