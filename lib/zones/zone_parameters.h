#pragma once

#include <span>
#include <string>
#include <vector>

#include "settings/setting.h"

namespace mmgym {

/// Criteria for zones. The names of members are the keys of the metadata table.
struct ZoneParameters {
  double zone_size_A = 10;
  /// Per atom. About 200 are near an atom that is alone, and less than one in large assemblies.
  int max_grid_points = 10000;

  double density_check_radius_A = 15;
  double density_check_voxel_size_A = 2;
  double density_check_min_atoms_nm3 = 35;
  double density_check_max_atoms_nm3 = 70;

  double subchain_check_radius_A = 8;
  double subchain_check_fraction_of_zone = 0.75;
  double subchain_check_fraction_of_subchain = 0.75;
  double subchain_pair_check_fraction_of_zone = 0.25;
  double subchain_pair_check_fraction_of_subchain = 0.75;

  std::string neighbor_geometry = "icosahedron faces";
  double neighbor_distance_A = 30;
  /// Minimum number of neighbors of a zone; 0: neighbors are not searched for.
  int neighbor_count_threshold = 1;

  /// Upper-case symbols; an assembly with any other element is rejected. Empty: all are allowed,
  /// since images have a channel for the elements that have none of their own.
  std::vector<std::string> allowed_elements;
  /// Residues of computed models with a lower pLDDT are left out, as if the file lacked them.
  double min_plddt = 0;
  /// Residue codes that do not count for densities, unless part of a polymer.
  std::vector<std::string> nonbiological_residues;
  /// Codes of ligands that often bind without a biological function. They do not count for the
  /// subchains of a zone, nor in the sum of its occupancies.
  std::vector<std::string> nonspecific_residues;

  /// Maximum distance from a zone's center of the atoms that are stored.
  double atom_inclusion_radius_A = 76;
  /// Depth of the shell around these atoms. Its atoms are stored with the flag out_of_bounds.
  double atom_inclusion_boundary_depth_A = 3;
};

using ZoneSetting = Setting<ZoneParameters, double, int, std::string, std::vector<std::string>>;

/// Returns all parameters with their keys in the metadata table, which are the names of the
/// members. Flags, checks and metadata come from this table.
std::span<const ZoneSetting> zone_settings();

/// Returns the reference's list, for datasets like the reference's. It rejects every assembly with
/// an ion, most ribosomes among them.
const std::vector<std::string>& reference_elements();

/// Returns the elements of a list as users write it: "*" is all, hence an empty list, and
/// "reference" the reference's list.
std::vector<std::string> named_elements(const std::vector<std::string>& list);

/// Throws UsageError, which names the flag, if a parameter is invalid.
void check(const ZoneParameters& parameters);

}  // namespace mmgym
