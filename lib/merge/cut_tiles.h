#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "database/rows.h"

namespace mmgym {

/// The tiles of an assembly of which some zones were dropped: those that assembly_rows() makes for
/// the zones that are left. Takes the tiles of all zones. Throws DamagedTile.
std::vector<TileRow> cut_tiles(std::vector<TileRow>&& tiles,
                               std::span<const Eigen::Vector3d> zone_centers_A,
                               double inclusion_radius_A, double boundary_depth_A);

}  // namespace mmgym
