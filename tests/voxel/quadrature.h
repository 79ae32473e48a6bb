#pragma once

namespace mmgym::testing {

/// Volume of the part of a ball of the given radius at the origin inside the box [lo, hi], by
/// numerical integration along x of areas that are integrated in y: slow, good to about 1e-8
/// radius³, and without a line in common with the library.
double integrate_ball_in_box(double radius, const double lo[3], const double hi[3]);

}  // namespace mmgym::testing
