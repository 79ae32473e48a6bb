#pragma once

#include <vector>

#include "geometry/cell_list.h"
#include "structure/assembly.h"
#include "zones/find_zones.h"

namespace mmgym {

/// Whether a subchain is a ligand on the list of nonspecific ones.
bool is_nonspecific(const Subchain& subchain, const ZoneParameters& parameters);

/// Tells which subchains, and which pairs of them, a zone holds enough of. Occupancies near its
/// center are summed for each copy of a subchain. One is present if its share of all that is near,
/// or of the whole subchain, reaches the parameter; a pair is two that reach the parameters for
/// pairs.
///
/// Subchains of nonspecific ligands do not count at all.
///
/// A subchain whose atoms all have occupancy 0 has no share that could be told (0/0); the reference
/// takes it for present where it has an atom nearby, and so do we.
class SubchainFinder {
 public:
  /// The assembly must outlive the finder.
  SubchainFinder(const Assembly& assembly, const ZoneParameters& parameters);

  /// Fills in the zone's subchains and pairs.
  void find(Zone& zone) const;

 private:
  const Assembly& assembly_;
  const ZoneParameters& parameters_;
  CellList atoms_;
  std::vector<std::uint32_t> subchain_of_residue_;
  std::vector<bool> counts_;                      // by subchain
  std::vector<double> occupancy_of_subchain_;     // in the asymmetric unit
  std::vector<std::uint32_t> order_of_subchain_;  // position among all ids, sorted
};

}  // namespace mmgym
