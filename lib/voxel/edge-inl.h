// Caps and edges of the unit ball in vectors of doubles, as overlap.h derives them. Compiled once
// per instruction set; every operation is one that IEEE 754 defines to the last bit.

#if defined(MMGYM_VOXEL_EDGE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MMGYM_VOXEL_EDGE_INL_H_
#undef MMGYM_VOXEL_EDGE_INL_H_
#else
#define MMGYM_VOXEL_EDGE_INL_H_
#endif

#include <hwy/highway.h>

#include <numbers>

#include "voxel/angle_series.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// A plane at the offset a from the center of the unit ball, 0 <= a <= 1, and what edges need of
/// it.
template <class V>
struct Plane {
  V a;
  V k;          ///< a (3 - a²)
  V rho;        ///< √(1 - a²)
  V rho_sqrt2;  ///< √2 rho
};

template <class D, class V = hn::Vec<D>>
HWY_INLINE Plane<V> make_plane(D d, V a) {
  const V aa = hn::Mul(a, a);
  const V rho = hn::Sqrt(hn::Sub(hn::Set(d, 1.0), aa));
  return {a, hn::Mul(a, hn::Sub(hn::Set(d, 3.0), aa)), rho,
          hn::Mul(hn::Set(d, std::numbers::sqrt2), rho)};
}

/// Three caps: 3 C(a) / π = 2 - k(a).
template <class D, class V = hn::Vec<D>>
HWY_INLINE V cap_over_third_pi(D d, const Plane<V>& plane) {
  return hn::Sub(hn::Set(d, 2.0), plane.k);
}

/// Half of what the angle of the point (x, y) is more than π/4, given √2 times the point's distance
/// from the origin.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V half_angle(D d, V x, V y, V rho_sqrt2) {
  const V t = hn::Div(hn::Sub(y, x), hn::Add(hn::Add(x, y), rho_sqrt2));
  const V u = hn::Mul(t, t);
  V p = hn::Set(d, kAtanSeries.back());
  for (std::size_t i = kAtanSeries.size() - 1; i-- > 0;)
    p = hn::Add(hn::Mul(p, u), hn::Set(d, kAtanSeries[i]));
  return hn::Mul(t, p);
}

/// Three edges: 3 E(a, b), and zero where the planes do not meet within the ball. (There the
/// formula has roots of negative numbers; these lanes are not used.)
template <class D, class V = hn::Vec<D>>
HWY_INLINE V edge_times_3(D d, const Plane<V>& a, const Plane<V>& b) {
  const V gg = hn::Sub(hn::Sub(hn::Set(d, 1.0), hn::Mul(a.a, a.a)), hn::Mul(b.a, b.a));
  const V g = hn::Sqrt(gg);
  const V ab = hn::Mul(a.a, b.a);
  const V alpha = half_angle(d, ab, g, hn::Mul(a.rho, b.rho_sqrt2));
  const V theta_a = half_angle(d, b.a, g, a.rho_sqrt2);
  const V theta_b = half_angle(d, a.a, g, b.rho_sqrt2);
  // The parts π/4 of the angles, and twice the rest.
  const V quarter =
      hn::Mul(hn::Set(d, std::numbers::pi / 4), hn::Sub(hn::Sub(hn::Set(d, 2.0), a.k), b.k));
  const V rest =
      hn::Add(hn::Sub(hn::Sub(hn::Add(alpha, alpha), hn::Mul(a.k, theta_a)), hn::Mul(b.k, theta_b)),
              hn::Mul(ab, g));
  const V e = hn::Max(hn::Add(quarter, hn::Add(rest, rest)), hn::Zero(d));
  return hn::IfThenElseZero(hn::Gt(gg, hn::Zero(d)), e);
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
