#pragma once

#include <span>
#include <string>
#include <vector>

#include "settings/setting.h"

namespace mmgym {

/// What makes a zone. Names are those of the metadata table.
struct ZoneParameters {
  double zone_size_A = 10;

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
  /// A zone needs this many neighbors; with 0, neighbors are neither needed nor looked for.
  int neighbor_count_threshold = 1;

  /// Upper-case symbols; an assembly with any other element is rejected. Empty: all are allowed.
  /// The default is what the reference's image channels name. (macromol-gym's own list ends with P,
  /// which loses every assembly that has a metal ion in it, most ribosomes among them.)
  std::vector<std::string> allowed_elements = {"C",  "N",  "O",  "S",  "SE", "P",  "MG",
                                               "CA", "MN", "FE", "CO", "NI", "CU", "ZN"};
  /// Residue codes that do not count for densities, unless part of a polymer.
  std::vector<std::string> nonbiological_residues;
  /// Codes of ligands that are often bound where they mean nothing. They do not count for the
  /// subchains of a zone, neither as subchains nor in its total.
  std::vector<std::string> nonspecific_residues;

  /// Atoms up to this far from a zone's center are stored,
  double atom_inclusion_radius_A = 76;
  /// and those in a shell of this depth around them, which are flagged out_of_bounds.
  double atom_inclusion_boundary_depth_A = 3;
};

using ZoneSetting = Setting<ZoneParameters, double, int, std::string, std::vector<std::string>>;

/// Every parameter with its key in the metadata table, which is the member's name. Flags, checks
/// and metadata come from this table.
std::span<const ZoneSetting> zone_settings();

/// Throws UsageError, which names the flag, where a parameter makes no sense.
void check(const ZoneParameters& parameters);

}  // namespace mmgym
