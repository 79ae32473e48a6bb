#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

#include "geometry/cell_list.h"

namespace mmgym {

/// Tells which atoms of an assembly are stored: those near its zones, and those in a shell around
/// these, which are out of bounds. Positions must be as stored (stored_position_A), so that a
/// build and a merge decide alike.
class ZoneSurroundings {
 public:
  enum class Place { outside, shell, inside };

  /// The centers must outlive this.
  ZoneSurroundings(std::span<const Eigen::Vector3d> zone_centers_A, double inclusion_radius_A,
                   double boundary_depth_A)
      : inner_A_(inclusion_radius_A),
        outer_A_(inclusion_radius_A + boundary_depth_A),
        zones_(zone_centers_A, outer_A_) {}

  /// Fast for a series of atoms that are close to each other: `last_zone`, 0 at first, is that near
  /// which the atom before was found.
  Place place_of(const Eigen::Vector3d& position_A, std::uint32_t& last_zone) const {
    if (zones_.any_within(position_A, inner_A_, last_zone)) return Place::inside;
    return zones_.any_within(position_A, outer_A_, last_zone) ? Place::shell : Place::outside;
  }

 private:
  double inner_A_;
  double outer_A_;
  CellList zones_;
};

}  // namespace mmgym
