#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/stage_timer.h"
#include "structure/assembly.h"
#include "zones/zone_parameters.h"

namespace mmgym {

/// One copy of a subchain in an assembly.
struct SubchainCopy {
  std::uint32_t subchain;  // index into Structure::subchains
  std::uint32_t mate;
  bool operator==(const SubchainCopy&) const = default;
};

struct Zone {
  Eigen::Vector3d center_A;
  double density_atoms_nm3;
  std::vector<int> neighbors;           // indices of neighbor offsets, ascending
  std::vector<SubchainCopy> subchains;  // in the order of the argument, then by mate
  std::vector<std::pair<SubchainCopy, SubchainCopy>> pairs;  // in the same order
};

/// The zones of an assembly, or the reason why it has none.
struct ZoneSearch {
  std::vector<Zone> zones;
  double max_density_atoms_nm3 = 0;
  std::size_t points_tested = 0;  // of the whole grid
  std::size_t points_dense = 0;
  std::string reason;  // empty if there are zones
  /// The number of zones that the assembly would have if its elements were allowed.
  std::size_t zones_lost = 0;
};

/// Finds zones on a grid of edge zone_size_A along the principal axes of the atoms (their plain
/// coordinates, including alternate locations) around their mean. A grid point is a zone if its
/// density exceeds the minimum, it has enough neighbors, and it contains enough of a subchain or of
/// a pair. Zones are in grid order, the third axis fastest. Only points near atoms are searched, so
/// the time does not depend on the distances between distant atoms. Throws InputError if there are
/// more of them than `max_grid_points` per atom, or if the map of densities would be too large.
///
/// `subchains`: the subchains that count, as unique indices into Structure::subchains, in the order
/// in which zones list them.
/// `neighbor_offsets_A`: positions of neighbors relative to the center of a zone.
ZoneSearch find_zones(const Assembly& assembly, std::span<const std::uint32_t> subchains,
                      const ZoneParameters& parameters,
                      const std::vector<Eigen::Vector3d>& neighbor_offsets_A,
                      ThreadTimes* times = nullptr);

/// Returns the offsets of possible neighbors from the parameters; none if the threshold is 0.
std::vector<Eigen::Vector3d> neighbor_offsets_A(const ZoneParameters& parameters);

}  // namespace mmgym
