#include "zones/zone_parameters.h"

#include "base/errors.h"
#include "chemistry/element.h"
#include "geometry/polyhedra.h"

namespace mmgym {

namespace {

// Lengths have ends, so that no grid or search has more cells than there is memory. Molecules are
// between them.
constexpr NumberRange kZoneSize_A = {1, 10000};
constexpr NumberRange kRadius_A = {0.1, 1000};
constexpr NumberRange kVoxelSize_A = {0.1, 100};
constexpr NumberRange kDistance_A = {0.1, 10000};
constexpr NumberRange kDepth_A = {0, 10000};
constexpr NumberRange kPlddt = {0, 100};
constexpr NumberRange kGridPoints = {1, 1e9};

}  // namespace

std::span<const ZoneSetting> zone_settings() {
  using P = ZoneParameters;
  constexpr const char* kFractionLabel = "0-1";
  static const std::vector<ZoneSetting> kSettings = {
      {"zone_size_A", &P::zone_size_A, "Edge length of a zone", kZoneSize_A},
      {"max_grid_points", &P::max_grid_points,
       "Maximum number of points near atoms that are searched for zones, per atom; assemblies with "
       "more are rejected",
       kGridPoints, "N"},
      {"density_check_radius_A", &P::density_check_radius_A,
       "Radius of the sphere over which densities are averaged", kRadius_A},
      {"density_check_voxel_size_A", &P::density_check_voxel_size_A,
       "Edge length of the voxels in which atoms are counted", kVoxelSize_A},
      {"density_check_min_atoms_nm3", &P::density_check_min_atoms_nm3,
       "Density that a zone and its neighbors must exceed", kNotNegative},
      {"density_check_max_atoms_nm3", &P::density_check_max_atoms_nm3,
       "Maximum density of an assembly; denser assemblies are rejected", kPositive},
      {"subchain_check_radius_A", &P::subchain_check_radius_A,
       "Maximum distance of atoms that count for the subchains of a zone", kRadius_A},
      {"subchain_check_fraction_of_zone", &P::subchain_check_fraction_of_zone,
       "A zone contains a subchain that makes up at least this fraction of the zone", kFraction,
       kFractionLabel},
      {"subchain_check_fraction_of_subchain", &P::subchain_check_fraction_of_subchain,
       "A zone contains a subchain if at least this fraction of the subchain is in the zone",
       kFraction, kFractionLabel},
      {"subchain_pair_check_fraction_of_zone", &P::subchain_pair_check_fraction_of_zone,
       "A subchain counts for pairs if it makes up at least this fraction of the zone", kFraction,
       kFractionLabel},
      {"subchain_pair_check_fraction_of_subchain", &P::subchain_pair_check_fraction_of_subchain,
       "A subchain counts for pairs if at least this fraction of the subchain is in the zone",
       kFraction, kFractionLabel},
      {"neighbor_geometry",
       &P::neighbor_geometry,
       "Directions of neighbors: '<shape> faces' or '<shape> and <shape> faces'; shapes are "
       "tetrahedron, cube, octahedron, dodecahedron, icosahedron",
       {},
       "GEOMETRY"},
      {"neighbor_distance_A", &P::neighbor_distance_A,
       "Distance between the centers of a zone and its neighbors", kDistance_A},
      {"neighbor_count_threshold", &P::neighbor_count_threshold,
       "Minimum number of neighbors of a zone; 0: do not search for neighbors", kNotNegative, "N"},
      {"allowed_elements",
       &P::allowed_elements,
       "Elements that an assembly may contain, others are rejected; '*', the default: all; "
       "'reference': the reference's list, C,N,O,S,SE,P",
       {},
       "E,E,..."},
      {"min_plddt", &P::min_plddt,
       "Leave out residues of computed models (AlphaFold DB, ModelCIF) with a lower pLDDT", kPlddt,
       "0-100"},
      {"nonbiological_residues",
       &P::nonbiological_residues,
       "Codes of residues that do not count for densities, unless they are part of a polymer",
       {},
       "CODE,CODE,..."},
      // --nonspecific reads these from files.
      {"nonspecific_residues", &P::nonspecific_residues, ""},
      {"atom_inclusion_radius_A", &P::atom_inclusion_radius_A,
       "Maximum distance from a zone's center of the atoms that are stored", kDistance_A},
      {"atom_inclusion_boundary_depth_A", &P::atom_inclusion_boundary_depth_A,
       "Depth of the shell beyond --atom-inclusion-radius whose atoms are stored as out of bounds",
       kDepth_A}};
  return kSettings;
}

const std::vector<std::string>& reference_elements() {
  static const std::vector<std::string> kElements = {"C", "N", "O", "S", "SE", "P"};
  return kElements;
}

std::vector<std::string> named_elements(const std::vector<std::string>& list) {
  if (list == std::vector<std::string>{"*"}) return {};
  if (list == std::vector<std::string>{"reference"}) return reference_elements();
  return list;
}

void check(const ZoneParameters& p) {
  for (const ZoneSetting& setting : zone_settings()) check_range(setting, p);
  // The sphere is drawn voxel by voxel. A larger one takes gigabytes.
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
