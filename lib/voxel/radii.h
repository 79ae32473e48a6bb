#pragma once

#include <optional>
#include <string_view>

#include "chemistry/element.h"
#include "voxel/grid.h"

namespace mmgym {

/// The radius of atoms where nothing else is said: half a voxel.
inline double default_radius_A(const Grid& grid) { return grid.resolution_A / 2; }

/// The element's van der Waals radius, Å. From A. Bondi, J. Phys. Chem. 68 (1964) 441,
/// doi:10.1021/j100785a001; for main-group elements that are not there, from the table that
/// continues his: M. Mantina et al., J. Phys. Chem. A 113 (2009) 5806, doi:10.1021/jp8111556.
/// Neither has the other transition metals (Mn, Fe, Co, ...), lanthanides, actinides but uranium,
/// or unknown elements: these get 2.00 Å.
float van_der_waals_radius_A(Element element);

/// Parses an atom radius: a length in Å ("0.5"), which is returned, or "van-der-waals" for each
/// element's own, for which nothing is returned.
/// Throws UsageError for any other text, and for lengths that are not positive.
std::optional<double> parse_atom_radius(std::string_view text);

}  // namespace mmgym
