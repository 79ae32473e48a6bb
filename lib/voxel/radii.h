#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "chemistry/element.h"

namespace mmgym {

/// The radius with which atoms are drawn.
struct AtomRadius {
  /// Each element has its van der Waals radius. Otherwise all atoms have the same radius.
  bool van_der_waals = false;
  /// The radius of all atoms, Å; half a voxel if not given. Ignored with van_der_waals.
  std::optional<double> uniform_A;

  /// Returns the radius of the largest atoms, Å, in an image with voxels of this edge.
  double largest_A(double resolution_A) const;

  /// Reads a length in Å ("0.5"), or "vdw" for van der Waals radii. Throws UsageError for any other
  /// text and for lengths that are not positive.
  static AtomRadius parse(std::string_view text);
  /// Returns the text that parse() reads; empty for half a voxel.
  std::string text() const;
};

/// Returns the element's van der Waals radius, Å, from A. Bondi, J. Phys. Chem. 68 (1964) 441,
/// doi:10.1021/j100785a001. Main-group elements that are missing there are from M. Mantina et al.,
/// J. Phys. Chem. A 113 (2009) 5806, doi:10.1021/jp8111556. Both lack the other transition metals
/// (Mn, Fe, Co, ...), lanthanides and actinides except uranium. These and unknown elements get
/// 2.00 Å.
float van_der_waals_radius_A(Element element);

}  // namespace mmgym
