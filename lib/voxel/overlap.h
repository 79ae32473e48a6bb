#pragma once

// The volume of the part of a ball in a voxel, exact and in closed form.
//
// CONVENTIONS. Lengths are in Å, or in ball radii for the unit ball. An image is a cube of L³ cubic
// voxels in C order (channel, x, y, z), z fastest (grid.h). Voxel (i, j, k) is the half-open box
// from low corner + (i, j, k) h to low corner + (i+1, j+1, k+1) h, where h is the resolution. The
// planes between voxels are perpendicular to x, y and z. Each is given by its offset from the
// ball's center.
//
// CUT VOLUMES. Let the unit ball be at the origin, and let a, b, c >= 0 be offsets of planes.
//
//   cap     C(a)       = volume where x > a
//   edge    E(a, b)    = volume where x > a and y > b            zero unless a² + b² < 1
//   corner  T(a, b, c) = volume where x > a, y > b and z > c     zero unless a² + b² + c² < 1
//
// Negative offsets follow from the part on the other side of the plane: C(-a) = 4π/3 - C(a),
// E(-a, b) = C(b) - E(a, b), T(-a, b, c) = E(b, c) - T(a, b, c).
//
// CAP. Integrating disks of area π(1 - x²) from x = a to 1:
// C(a) = π (2/3 - a + a³/3) = π (2 - k(a)) / 3 with k(a) = a (3 - a²).
//
// EDGE. The body x > a, y > b has one curved face, of area Ω on the sphere, and two flat ones, of
// areas A_a on the plane x = a and A_b on y = b. By the divergence theorem (the field r has
// divergence 3; on the sphere r·n = 1, on the flat faces r·n = -a and -b)
//
//   3 E = Ω - a A_a - b A_b.
//
// The curved face is bounded by two circular arcs, which meet at (a, b, ±g), g = √(1 - a² - b²), at
// the interior angle α, the angle between the circles: tan α = g / (ab). The circle in the plane
// x = a has radius ρ_a = √(1 - a²), and its arc beyond y = b spans the angle 2 θ_a where
// tan θ_a = g / b (in that plane, the arc ends at (y, z) = (b, ±g)); its geodesic curvature times
// its length is a · 2 θ_a. Likewise tan θ_b = g / a. Gauss-Bonnet gives the area, 2π minus the
// exterior angles and the turning of the arcs:  Ω = 2α - 2 a θ_a - 2 b θ_b. The flat faces are
// segments of the circles: A_a = ρ_a² θ_a - b g, A_b = ρ_b² θ_b - a g. Together,
//
//   3 E(a, b) = 2α - k(a) θ_a - k(b) θ_b + 2 a b g.
//
// The three angles are the polar angles of the points (x, y) = (ab, g), (b, g) and (a, g) with
// x, y >= 0. Their distances ρ from the origin are known: ρ_a ρ_b, ρ_a and ρ_b. One atan of a small
// argument gives each angle: angle(x, y) = π/4 + 2 atan((y - x) / (x + y + √2 ρ)), where the
// fraction is at most tan(π/8) in absolute value. (Turn the point by -45°, then halve the angle.)
// Unlike acos, this loses no digits if planes barely touch the ball.
//
// CORNER. If the corner (a, b, c) is outside the ball, T = 0. If it is inside, the whole box
// |x| < a, |y| < b, |z| < c is in the ball, and inclusion and exclusion of its outside give
// 8abc = 4π/3 - 2 (C(a) + C(b) + C(c)) + 4 (E(a,b) + E(a,c) + E(b,c)) - 8 T, or
//
//   T(a, b, c) = π/6 - (C(a) + C(b) + C(c)) / 4 + (E(a,b) + E(a,c) + E(b,c)) / 2 - abc.
//
// A corner needs no angles beyond those of its edges.
//
// A BALL IN A GRID. For a radius of at most half a voxel, at most one plane per axis cuts the ball,
// and its eight voxels follow from 3 caps, 3 edges and 1 corner: T, E - T, C - E - E + T, and so on
// (small_balls.cpp). For any other radius, let B(a, b, c) be the volume of the ball in the box that
// the origin and (a, b, c) span, with the sign of the product abc:
//
//   B(a, b, c) = sign(abc) · (|abc| inside the ball, else π/6 - ΣC/4 + ΣE/2 at |a|, |b|, |c|),
//
// which equals abc + T. The volume in any box is the mixed difference of B over its eight vertices
// (subtract along x, then y, then z), so a ball in a grid takes one E per pair of cutting planes
// and one B per vertex (any_ball.cpp).

#include <Eigen/Core>

namespace mmgym {

/// Returns the volume of the part x > a of the unit ball, for an offset a of any sign.
double cap_volume(double a);

/// Returns the volume of the part x > a, y > b of the unit ball, for offsets of any sign.
double edge_volume(double a, double b);

/// Returns the volume of the part x > a, y > b, z > c of the unit ball, for offsets of any sign.
double corner_volume(double a, double b, double c);

/// Returns the volume (Å³) of the part of a ball inside the axis-aligned box [lo, hi]. Errors are
/// about 1e-15 of the ball and 1e-10 of the box. The result is never negative and never more than
/// the ball or the box. Requires lo <= hi in each coordinate (which may be infinite) and a finite
/// center; a radius of 0 gives 0.
double ball_box_overlap_A3(const Eigen::Vector3d& center_A, double radius_A,
                           const Eigen::Vector3d& lo_A, const Eigen::Vector3d& hi_A);

}  // namespace mmgym
