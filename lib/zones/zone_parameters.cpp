#include "zones/zone_parameters.h"

#include <cmath>
#include <stdexcept>

#include "base/errors.h"
#include "chemistry/element.h"
#include "geometry/polyhedra.h"

namespace mmgym {
namespace {

void require(bool ok, const std::string& what) {
  if (!ok) throw UsageError(what);
}

void require_positive(double value, const char* name) {
  require(std::isfinite(value) && value > 0, std::string(name) + " must be positive");
}

void require_fraction(double value, const char* name) {
  require(value >= 0 && value <= 1, std::string(name) + " must be from 0 to 1");
}

}  // namespace

void check(const ZoneParameters& p) {
  require_positive(p.zone_size_A, "zone_size_A");
  require_positive(p.density_check_radius_A, "density_check_radius_A");
  require_positive(p.density_check_voxel_size_A, "density_check_voxel_size_A");
  // The sphere is drawn voxel by voxel; beyond this it takes gigabytes.
  require(p.density_check_radius_A / p.density_check_voxel_size_A <= 50,
          "density_check_radius_A must be at most 50 times density_check_voxel_size_A");
  require_positive(p.density_check_max_atoms_nm3, "density_check_max_atoms_nm3");
  require(p.density_check_min_atoms_nm3 >= 0, "density_check_min_atoms_nm3 must not be negative");
  require_positive(p.subchain_check_radius_A, "subchain_check_radius_A");
  require_fraction(p.subchain_check_fraction_of_zone, "subchain_check_fraction_of_zone");
  require_fraction(p.subchain_check_fraction_of_subchain, "subchain_check_fraction_of_subchain");
  require_fraction(p.subchain_pair_check_fraction_of_zone, "subchain_pair_check_fraction_of_zone");
  require_fraction(p.subchain_pair_check_fraction_of_subchain,
                   "subchain_pair_check_fraction_of_subchain");
  polyhedron_faces(p.neighbor_geometry);
  require_positive(p.neighbor_distance_A, "neighbor_distance_A");
  require(p.neighbor_count_threshold >= 0, "neighbor_count_threshold must not be negative");
  for (const auto& symbol : p.allowed_elements)
    require(find_element(symbol).has_value(),
            "allowed_elements: '" + symbol + "' is no element's symbol");
  require_positive(p.atom_inclusion_radius_A, "atom_inclusion_radius_A");
  require(p.atom_inclusion_boundary_depth_A >= 0,
          "atom_inclusion_boundary_depth_A must not be negative");
}

}  // namespace mmgym
