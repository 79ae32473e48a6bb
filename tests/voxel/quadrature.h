#pragma once

namespace mmgym::testing {

/// Returns the volume of the part of a ball at the origin inside the box [lo, hi]. Integrates areas
/// numerically along x. Slow, with errors of about 1e-8 radius³, and independent of the library's
/// code.
double integrate_ball_in_box(double radius, const double lo[3], const double hi[3]);

}  // namespace mmgym::testing
