#include "zones/find_zones.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <unordered_set>

#include "base/huge_pages.h"
#include "base/ordered_work.h"
#include "density/density_map.h"
#include "geometry/polyhedra.h"
#include "zones/subchain_finder.h"
#include "zones/zone_grid.h"

namespace mmgym {
namespace {

/// Returns "elements that are not allowed: K, NA (12 atoms)", or nothing if all are allowed.
std::string forbidden_elements(const Assembly& assembly, const std::vector<std::string>& allowed) {
  if (allowed.empty()) return {};
  std::vector<bool> is_allowed(kLastElement + 1, false);
  for (const auto& symbol : allowed)
    if (const auto element = find_element(symbol)) is_allowed[*element] = true;
  std::map<std::string_view, std::size_t> forbidden;
  std::size_t count = 0;
  for (std::size_t n = 0; n < assembly.atom_count(); ++n) {
    const Element element = assembly.atom(n).element;
    if (is_allowed[element]) continue;
    ++forbidden[element_symbol(element)];
    ++count;
  }
  std::string text;
  for (const auto& [symbol, atoms] : forbidden)
    text += (text.empty() ? "" : ", ") + std::string(symbol);
  return text.empty() ? text
                      : fmt::format("elements that are not allowed: {} ({} atoms)", text, count);
}

DensityMap map_density(const Assembly& assembly, const ZoneParameters& parameters,
                       ThreadTimes* times) {
  const StageTimer timer(times, Stage::densities);
  const Structure& structure = *assembly.structure;
  const std::unordered_set<std::string> ignored(parameters.nonbiological_residues.begin(),
                                                parameters.nonbiological_residues.end());
  std::vector<bool> counts(structure.residues.size(), true);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Residue& residue = structure.residues[i];
    counts[i] =
        structure.subchains[residue.subchain].is_polymer || !ignored.contains(residue.comp_id);
  }
  std::vector<Eigen::Vector3d> positions_A;
  std::vector<double> occupancies;
  reserve_large(positions_A, assembly.atom_count());
  reserve_large(occupancies, assembly.atom_count());
  for (std::size_t n = 0; n < assembly.atom_count(); ++n) {
    const Atom& atom = assembly.atom(n);
    if (!counts[atom.residue]) continue;
    positions_A.push_back(assembly.positions_A[n]);
    occupancies.push_back(atom.occupancy);
  }
  return DensityMap(positions_A, occupancies, parameters.density_check_radius_A,
                    parameters.density_check_voxel_size_A, times);
}

/// What was found at some points.
struct FoundZones {
  std::vector<Zone> zones;
  double densest = 0;
  std::size_t dense = 0;
  std::size_t with_neighbors = 0;

  void append(FoundZones&& next) {
    std::move(next.zones.begin(), next.zones.end(), std::back_inserter(zones));
    densest = std::max(densest, next.densest);
    dense += next.dense;
    with_neighbors += next.with_neighbors;
  }
};

/// Decides whether points of the grid are zones.
struct PointSearch {
  const ZoneGrid& grid;
  const DensityMap& density;
  const SubchainFinder& subchains;
  const ZoneParameters& parameters;
  const std::vector<Eigen::Vector3d>& neighbor_offsets_A;
  ThreadTimes* times;

  void search(const Eigen::Vector3i& k, FoundZones& found) const {
    const double min_density = parameters.density_check_min_atoms_nm3;
    const Eigen::Vector3d center_A = grid.point_A(k);
    const double at_center = density.at(center_A);
    found.densest = std::max(found.densest, at_center);
    if (!(at_center > min_density)) return;
    ++found.dense;
    Zone zone{center_A, at_center, {}, {}, {}};
    for (std::size_t i = 0; i < neighbor_offsets_A.size(); ++i)
      if (density.at(center_A + neighbor_offsets_A[i]) > min_density)
        zone.neighbors.push_back(static_cast<int>(i));
    if (static_cast<int>(zone.neighbors.size()) < parameters.neighbor_count_threshold) return;
    ++found.with_neighbors;
    subchains.find(zone);
    if (!zone.subchains.empty() || !zone.pairs.empty()) found.zones.push_back(std::move(zone));
  }
};

/// Points that are listed before they are searched, and that one thread searches in turn.
constexpr std::size_t kPointsAtOnce = 16384;
constexpr std::size_t kPointsInTurn = 256;

/// Searches points on all threads that have nothing else to do. Zones are in the order of points.
void search_points(const std::vector<Eigen::Vector3i>& points, const PointSearch& point_search,
                   FoundZones& found) {
  std::vector<FoundZones> pieces((points.size() + kPointsInTurn - 1) / kPointsInTurn);
  share_work(pieces.size(), [&](std::size_t piece) {
    const StageTimer timer(point_search.times, Stage::search_points);
    const std::size_t end = std::min(points.size(), (piece + 1) * kPointsInTurn);
    for (std::size_t i = piece * kPointsInTurn; i < end; ++i)
      point_search.search(points[i], pieces[piece]);
  });
  for (auto& piece : pieces) found.append(std::move(piece));
}

}  // namespace

std::vector<Eigen::Vector3d> neighbor_offsets_A(const ZoneParameters& parameters) {
  if (parameters.neighbor_count_threshold == 0) return {};
  auto offsets = polyhedron_faces(parameters.neighbor_geometry);
  for (auto& offset : offsets) offset *= parameters.neighbor_distance_A;
  return offsets;
}

ZoneSearch find_zones(const Assembly& assembly, std::span<const std::uint32_t> counted,
                      const ZoneParameters& parameters,
                      const std::vector<Eigen::Vector3d>& neighbor_offsets_A, ThreadTimes* times) {
  const StageTimer timer(times, Stage::find_zones);
  ZoneSearch search;
  if (assembly.atom_count() == 0) {
    search.reason = "the assembly has no atoms besides hydrogen and water";
    return search;
  }
  const DensityMap density = map_density(assembly, parameters, times);
  search.max_density_atoms_nm3 = density.max();
  if (density.max() > parameters.density_check_max_atoms_nm3) {
    search.reason =
        fmt::format("copies clash: the density reaches {:.1f} atoms/nm3, the maximum is {:g}",
                    density.max(), parameters.density_check_max_atoms_nm3);
    return search;
  }

  const double min_density = parameters.density_check_min_atoms_nm3;
  const SubchainFinder subchains(assembly, counted, parameters);
  const ZoneGrid grid(assembly.positions_A, parameters.zone_size_A);
  search.points_tested = grid.point_count();
  const std::uint64_t most_points =
      static_cast<std::uint64_t>(parameters.max_grid_points) * assembly.atom_count();
  std::uint64_t points_near_atoms = 0;
  const PointSearch point_search{grid, density, subchains, parameters, neighbor_offsets_A, times};
  FoundZones found;
  std::vector<Eigen::Vector3i> points;
  // The density is 0 at all other points.
  for_each_in_boxes(grid.boxes_around(density.regions()), [&](const Eigen::Vector3i& k) {
    if (++points_near_atoms > most_points)
      throw StructureError(fmt::format(
          "too many grid points: more than {} per atom ({} atoms); a higher --max-grid-points "
          "or --zone-size may help",
          parameters.max_grid_points, assembly.atom_count()));
    points.push_back(k);
    if (points.size() < kPointsAtOnce) return;
    search_points(points, point_search, found);
    points.clear();
  });
  search_points(points, point_search, found);
  search.points_dense = found.dense;
  search.zones = std::move(found.zones);

  if (!search.zones.empty()) {
    search.reason = forbidden_elements(assembly, parameters.allowed_elements);
    if (search.reason.empty()) return search;
    search.zones_lost = search.zones.size();
    search.zones.clear();
  } else if (search.points_dense == 0)
    search.reason = fmt::format(
        "not dense enough: the densest of {} points has {:.1f} atoms/nm3, zones need more than "
        "{:g}",
        search.points_tested, found.densest, min_density);
  else if (found.with_neighbors == 0)
    search.reason = fmt::format(
        "too few neighbors: {} of {} points are dense, none has {} dense neighbor{} at {:g} A",
        search.points_dense, search.points_tested, parameters.neighbor_count_threshold,
        parameters.neighbor_count_threshold == 1 ? "" : "s", parameters.neighbor_distance_A);
  else
    search.reason = fmt::format(
        "no subchain: {} of {} points are dense and have neighbors, none contains enough of a "
        "subchain or of a pair",
        found.with_neighbors, search.points_tested);
  return search;
}

}  // namespace mmgym
