#pragma once

#include <span>
#include <vector>

#include "geometry/cell_list.h"
#include "structure/assembly.h"
#include "zones/find_zones.h"

namespace mmgym {

/// Finds the subchains, and the pairs of them, that a zone holds enough of. Occupancies near its
/// center are summed for each copy of a subchain. One is present if its share of all that is near,
/// or of the whole subchain, reaches the parameter; a pair is two that reach the parameters for
/// pairs.
///
/// Subchains other than those that were named do not count at all, neither as subchains nor in what
/// is near.
///
/// The share of a subchain whose atoms all have occupancy 0 is not a number (0/0). The reference
/// takes such a subchain for present where it has an atom nearby, and so do we.
class SubchainFinder {
 public:
  /// `subchains`: those that count, as indices into Structure::subchains, each once, in the order
  /// in which they are to be listed. The assembly must outlive the finder.
  SubchainFinder(const Assembly& assembly, std::span<const std::uint32_t> subchains,
                 const ZoneParameters& parameters);

  /// Fills in the zone's subchains and pairs.
  void find(Zone& zone) const;

 private:
  const Assembly& assembly_;
  const ZoneParameters& parameters_;
  CellList atoms_;
  std::vector<std::uint32_t> subchains_;
  std::vector<std::uint32_t> place_of_residue_;  // of its subchain in subchains_
  std::vector<double> occupancies_;              // of subchains_, in the asymmetric unit
};

}  // namespace mmgym
