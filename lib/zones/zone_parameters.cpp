#include "zones/zone_parameters.h"

#include "base/errors.h"
#include "chemistry/element.h"
#include "geometry/polyhedra.h"

namespace mmgym {

std::span<const ZoneSetting> zone_settings() {
  using P = ZoneParameters;
  constexpr const char* kFractionLabel = "0-1";
  static const std::vector<ZoneSetting> kSettings = {
      {"zone_size_A", &P::zone_size_A, "Edge of a zone", kPositive},
      {"density_check_radius_A", &P::density_check_radius_A,
       "Radius of the sphere over which densities are averaged", kPositive},
      {"density_check_voxel_size_A", &P::density_check_voxel_size_A,
       "Edge of the voxels in which atoms are counted", kPositive},
      {"density_check_min_atoms_nm3", &P::density_check_min_atoms_nm3,
       "A zone and its neighbors are denser than this", kNotNegative},
      {"density_check_max_atoms_nm3", &P::density_check_max_atoms_nm3,
       "An assembly that is denser anywhere is rejected", kPositive},
      {"subchain_check_radius_A", &P::subchain_check_radius_A,
       "How near atoms count for the subchains of a zone", kPositive},
      {"subchain_check_fraction_of_zone", &P::subchain_check_fraction_of_zone,
       "A zone has a subchain that makes up this much of it", kFraction, kFractionLabel},
      {"subchain_check_fraction_of_subchain", &P::subchain_check_fraction_of_subchain,
       "or of which it holds this much", kFraction, kFractionLabel},
      {"subchain_pair_check_fraction_of_zone", &P::subchain_pair_check_fraction_of_zone,
       "The same for each subchain of a pair", kFraction, kFractionLabel},
      {"subchain_pair_check_fraction_of_subchain", &P::subchain_pair_check_fraction_of_subchain,
       "The same for each subchain of a pair", kFraction, kFractionLabel},
      {"neighbor_geometry",
       &P::neighbor_geometry,
       "Where neighbors lie: '<shape> faces' or '<shape> and <shape> faces'; shapes are "
       "tetrahedron, cube, octahedron, dodecahedron, icosahedron",
       {},
       "GEOMETRY"},
      {"neighbor_distance_A", &P::neighbor_distance_A, "How far neighbors lie", kPositive},
      {"neighbor_count_threshold", &P::neighbor_count_threshold,
       "A zone has at least this many neighbors; 0: neighbors are not looked for", kNotNegative,
       "N"},
      {"allowed_elements",
       &P::allowed_elements,
       "An assembly with any other element is rejected; '*' allows all",
       {},
       "E,E,..."},
      {"nonbiological_residues",
       &P::nonbiological_residues,
       "Residue codes that do not count for densities, unless part of a polymer",
       {},
       "CODE,CODE,..."},
      // --nonspecific reads these from files.
      {"nonspecific_residues", &P::nonspecific_residues, ""},
      {"atom_inclusion_radius_A", &P::atom_inclusion_radius_A,
       "Atoms this near to a zone's center are stored", kPositive},
      {"atom_inclusion_boundary_depth_A", &P::atom_inclusion_boundary_depth_A,
       "and those this much further away, flagged as out of bounds", kNotNegative}};
  return kSettings;
}

void check(const ZoneParameters& p) {
  for (const ZoneSetting& setting : zone_settings()) check_range(setting, p);
  // The sphere is drawn voxel by voxel; beyond this it takes gigabytes.
  if (p.density_check_radius_A / p.density_check_voxel_size_A > 50)
    throw UsageError("--density-check-radius must be at most 50 times --density-check-voxel-size");
  try {
    polyhedron_faces(p.neighbor_geometry);
  } catch (const UsageError& error) {
    throw UsageError(std::string("--neighbor-geometry: ") + error.what());
  }
  for (const auto& symbol : p.allowed_elements)
    if (!find_element(symbol))
      throw UsageError("--allowed-elements: '" + symbol + "' is not the symbol of an element");
}

}  // namespace mmgym
