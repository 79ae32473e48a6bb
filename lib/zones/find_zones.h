#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

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
  std::vector<SubchainCopy> subchains;  // in the order of those that count, then by mate
  std::vector<std::pair<SubchainCopy, SubchainCopy>> pairs;  // in that order too
};

/// The zones of an assembly, or the reason why it has none.
struct ZoneSearch {
  std::vector<Zone> zones;
  double max_density_atoms_nm3 = 0;
  std::size_t points_tested = 0;
  std::size_t points_dense = 0;
  std::string reason;  // empty if there are zones
};

/// Finds zones on a grid of edge zone_size_A along the principal axes of the atoms (their plain
/// coordinates, alternate locations included) around their mean. A grid point is a zone if the
/// density there exceeds the minimum, it has enough neighbors, and it holds enough of a subchain or
/// of a pair. Zones come in grid order, the third axis fastest.
///
/// `subchains`: those that count for the subchains of a zone, as indices into Structure::subchains,
/// each once, in the order in which zones list them.
/// `neighbor_offsets_A`: where neighbors lie, from a zone's center.
ZoneSearch find_zones(const Assembly& assembly, std::span<const std::uint32_t> subchains,
                      const ZoneParameters& parameters,
                      const std::vector<Eigen::Vector3d>& neighbor_offsets_A);

/// Offsets of the neighbors that the parameters ask for; none if the threshold is 0.
std::vector<Eigen::Vector3d> neighbor_offsets_A(const ZoneParameters& parameters);

}  // namespace mmgym
