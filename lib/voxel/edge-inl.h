// Caps and edges of the unit ball in vectors of doubles or floats, as overlap.h derives them.
// Compiled once per instruction set. IEEE 754 defines every operation to the last bit.

#if defined(MMGYM_VOXEL_EDGE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MMGYM_VOXEL_EDGE_INL_H_
#undef MMGYM_VOXEL_EDGE_INL_H_
#else
#define MMGYM_VOXEL_EDGE_INL_H_
#endif

#include <hwy/highway.h>

#include <array>
#include <numbers>

#include "voxel/angle_series.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// A plane at the offset a from the center of the unit ball, 0 <= a <= 1, and the values that edges
/// need.
template <class V>
struct Plane {
  V a;
  V k;    ///< a (3 - a²)
  V rho;  ///< √(1 - a²)
};

template <class D, class V = hn::Vec<D>>
HWY_INLINE Plane<V> make_plane(D d, V a) {
  const V aa = hn::Mul(a, a);
  return {a, hn::Mul(a, hn::Sub(hn::Set(d, 3.0), aa)), hn::Sqrt(hn::Sub(hn::Set(d, 1.0), aa))};
}

/// Returns 3 C(a) / π = 2 - k(a).
template <class D, class V = hn::Vec<D>>
HWY_INLINE V cap_over_third_pi(D d, const Plane<V>& plane) {
  return hn::Sub(hn::Set(d, 2.0), plane.k);
}

/// Intermediate values of the edge E(a, b): t[0], t[1] and t[2] are the tangents whose atans are
/// (α - π/4) / 2, (θ_a - π/4) / 2 and (θ_b - π/4) / 2, `abg` is a b g, and `base` the part without
/// angles. If the planes do not meet inside the ball, the values are NaN, and edge_times_3 ignores
/// them.
template <class V>
struct EdgeTangents {
  V t[3];
  V abg;
  V base;
};

template <class D, class V = hn::Vec<D>>
HWY_INLINE EdgeTangents<V> edge_tangents(D d, const Plane<V>& a, const Plane<V>& b) {
  const V one = hn::Set(d, 1.0), sqrt2 = hn::Set(d, std::numbers::sqrt2);
  const V gg = hn::Sub(hn::Sub(one, hn::Mul(a.a, a.a)), hn::Mul(b.a, b.a));
  const V g = hn::Sqrt(gg);
  const V ab = hn::Mul(a.a, b.a);
  const V rho_a = hn::Mul(sqrt2, a.rho);
  const V rho_b = hn::Mul(sqrt2, b.rho);
  // (y - x) / (x + y + √2 ρ) for the points (ab, g), (b, g) and (a, g). Division is the slowest
  // operation, so one division serves all three.
  const V down_0 = hn::Add(hn::Add(ab, g), hn::Mul(a.rho, rho_b));
  const V down_1 = hn::Add(hn::Add(b.a, g), rho_a);
  const V down_2 = hn::Add(hn::Add(a.a, g), rho_b);
  const V down_12 = hn::Mul(down_1, down_2);
  const V inverse = hn::Div(one, hn::Mul(down_0, down_12));
  const V inverse_12 = hn::Mul(inverse, down_0);
  const V quarter_pi = hn::Set(d, std::numbers::pi / 4);
  const V abg = hn::Mul(ab, g);
  return {
      {hn::Mul(hn::Sub(g, ab), hn::Mul(inverse, down_12)),
       hn::Mul(hn::Sub(g, b.a), hn::Mul(inverse_12, down_2)),
       hn::Mul(hn::Sub(g, a.a), hn::Mul(inverse_12, down_1))},
      abg,
      hn::Add(hn::Mul(quarter_pi, hn::Sub(hn::Sub(hn::Set(d, 2.0), a.k), b.k)), hn::Add(abg, abg))};
}

/// Returns atan(t) for |t| <= tan(π/8).
template <class D, class V = hn::Vec<D>, typename T, std::size_t N>
HWY_INLINE V small_atan(D d, V t, const std::array<T, N>& series) {
  const V u = hn::Mul(t, t);
  V p = hn::Set(d, series.back());
  for (std::size_t i = N - 1; i-- > 0;) p = hn::Add(hn::Mul(p, u), hn::Set(d, series[i]));
  return hn::Mul(t, p);
}

/// Returns 3 E(a, b) from the atans of the tangents and `base`.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V edge_times_3(D d, const Plane<V>& a, const Plane<V>& b, V atan_0, V atan_1, V atan_2,
                          V base) {
  const V angles =
      hn::Sub(hn::Sub(hn::Add(atan_0, atan_0), hn::Mul(a.k, atan_1)), hn::Mul(b.k, atan_2));
  const V e = hn::Max(hn::Add(hn::Add(angles, angles), base), hn::Zero(d));
  const V gg = hn::Sub(hn::Sub(hn::Set(d, 1.0), hn::Mul(a.a, a.a)), hn::Mul(b.a, b.a));
  return hn::IfThenElseZero(hn::Gt(gg, hn::Zero(d)), e);
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
