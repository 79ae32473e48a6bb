#pragma once

#include <span>
#include <vector>

#include "geometry/cell_list.h"
#include "structure/assembly.h"
#include "zones/find_zones.h"

namespace mmgym {

/// Finds the subchains and pairs of subchains of which a zone contains enough. It sums the
/// occupancies near the center of the zone for each copy of a subchain. A copy is present if its
/// sum reaches the required fraction of the sum of all copies, or of the occupancy of the whole
/// subchain. A pair is two copies that reach the fractions for pairs.
///
/// Only the given subchains count, as subchains and in the sum.
///
/// The fraction of a subchain whose atoms all have occupancy 0 is NaN (0/0). Such a subchain is
/// present if it has an atom nearby, as in the reference.
class SubchainFinder {
 public:
  /// `subchains`: the subchains that count, as unique indices into Structure::subchains, in the
  /// order in which zones list them. The assembly must outlive the finder.
  SubchainFinder(const Assembly& assembly, std::span<const std::uint32_t> subchains,
                 const ZoneParameters& parameters);

  /// Sets the zone's subchains and pairs.
  void find(Zone& zone) const;

 private:
  const Assembly& assembly_;
  const ZoneParameters& parameters_;
  CellList atoms_;
  std::vector<std::uint32_t> subchains_;
  std::vector<std::uint32_t> place_of_residue_;  // index of its subchain in subchains_
  std::vector<double> occupancies_;              // of subchains_, in the asymmetric unit
};

}  // namespace mmgym
