// The common case: balls of the same radius, at most half a voxel. Each is in the eight voxels
// around its nearest vertex. One lane is one atom.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "voxel/small_balls.cpp"
#include <hwy/foreach_target.h>
// The order matters: foreach_target.h compiles the rest of this file once per target.
#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "voxel/edge-inl.h"
#include "voxel/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {

// Positions are in doubles. From the place within a voxel on, floats are enough: the errors of
// volumes are about 1e-7 of a ball.
using Lanes = hn::CappedTag<double, kernels::kMaxLanes>;
using V = hn::Vec<Lanes>;
using FloatLanes = hn::CappedTag<float, kernels::kMaxFloatLanes>;
using F = hn::Vec<FloatLanes>;

// The number of atoms that pass one stage before the next: enough to make each stage a loop of
// short independent iterations, few enough for the L1 cache.
constexpr std::size_t kChunk = 64;
static_assert(kernels::kBlock % kChunk == 0);

// Intermediate values of a chunk of atoms.
struct Chunk {
  // Stage 1: the distance from the nearest plane along each axis, in radii, at most 1.
  alignas(64) float a[3][kChunk];
  // Along each axis, 1 if the atom's center is in the voxel above that plane, -1 if it is below.
  alignas(64) float side[3][kChunk];
  // Along each axis, -1 if the lower of the two voxels is below the image, 1 if the upper one is
  // beyond it, else 0.
  alignas(64) float outside[3][kChunk];
  // The offset in a channel of the lowest voxel. The box that begins there is moved into the image.
  alignas(64) std::int32_t place[kChunk];
  // Stages 2 and 3: the other values of the planes, tangents, then their atans, and bases of the
  // edges xy, xz and yz.
  alignas(64) float k[3][kChunk], rho[3][kChunk];
  alignas(64) float t[9][kChunk], base[3][kChunk];
  // Stage 4: the weights of the eight voxels, as pairs along z (lower, upper). Of the index, bit 1
  // is set for the upper voxels along x, bit 0 for the upper ones along y.
  alignas(64) float pair[4][2 * kChunk];
};

// Stage 1: finds the voxels, and the plane that may cut the ball along each axis. Also for lanes
// that are not used, up to the last float of a vector.
HWY_INLINE void locate(Lanes d, const kernels::View& view, double radius_A,
                       const kernels::Block& block, std::size_t first, std::size_t count,
                       Chunk& chunk) {
  const hn::Rebind<std::int32_t, Lanes> di;
  const hn::Rebind<float, Lanes> df;
  const V one = hn::Set(d, 1.0), minus_one = hn::Set(d, -1.0), half = hn::Set(d, 0.5);
  const V half_edge = hn::Set(d, view.half_edge_A);
  const V per_voxel = hn::Set(d, 1 / view.resolution_A);
  const V per_radius = hn::Set(d, view.resolution_A / radius_A);
  const V length = hn::Set(d, view.length_voxels), last = hn::Set(d, view.length_voxels - 2.0);
  const V zero = hn::Zero(d);
  // Atoms are less than half a voxel from the image, except for rounding errors.
  const V lowest = hn::Set(d, -0.5);
  const V highest = hn::Set(d, std::nextafter(view.length_voxels + 0.5, 0.0));
  const double* q_A[3] = {block.x_A + first, block.y_A + first, block.z_A + first};
  const std::size_t float_lanes = hn::Lanes(FloatLanes());
  const std::size_t end = (count + float_lanes - 1) / float_lanes * float_lanes;
  for (std::size_t i = 0; i < end; i += hn::Lanes(d)) {
    V place = hn::Zero(d);
    for (int axis = 0; axis < 3; ++axis) {
      const V exact = hn::Mul(hn::Add(hn::LoadU(d, q_A[axis] + i), half_edge), per_voxel);
      const V u = hn::Min(hn::Max(exact, lowest), highest);
      const V voxel = hn::Floor(u);
      const V f = hn::Sub(u, voxel);
      const auto above = hn::Lt(f, half);
      const V low = hn::Sub(voxel, hn::IfThenElseZero(above, one));
      const V moved = hn::Min(hn::Max(low, zero), last);
      place = hn::Add(hn::Mul(place, length), moved);
      hn::Store(hn::DemoteTo(df, hn::IfThenElse(above, one, minus_one)), df, chunk.side[axis] + i);
      hn::Store(hn::DemoteTo(df, hn::Sub(low, moved)), df, chunk.outside[axis] + i);
      const V offset = hn::Mul(hn::Min(f, hn::Sub(one, f)), per_radius);
      hn::Store(hn::DemoteTo(df, hn::Min(offset, one)), df, chunk.a[axis] + i);
    }
    hn::Store(hn::DemoteTo(di, place), di, chunk.place + i);
  }
}

HWY_INLINE Plane<F> load_plane(FloatLanes d, const Chunk& chunk, int axis, std::size_t i) {
  return {hn::Load(d, chunk.a[axis] + i), hn::Load(d, chunk.k[axis] + i),
          hn::Load(d, chunk.rho[axis] + i)};
}

constexpr int kPairs[3][2] = {{0, 1}, {0, 2}, {1, 2}};

// Stages 2 and 3: computes tangents and their atans. The atans of one vector overlap in time with
// the roots and divisions of the next.
HWY_INLINE void find_angles(FloatLanes d, std::size_t count, Chunk& chunk) {
  const std::size_t n = hn::Lanes(d);
  for (std::size_t i = 0; i < count + n; i += n) {
    if (i < count) {
      Plane<F> plane[3];
      for (int axis = 0; axis < 3; ++axis) {
        plane[axis] = make_plane(d, hn::Load(d, chunk.a[axis] + i));
        hn::Store(plane[axis].k, d, chunk.k[axis] + i);
        hn::Store(plane[axis].rho, d, chunk.rho[axis] + i);
      }
      for (int pair = 0; pair < 3; ++pair) {
        const auto tangents = edge_tangents(d, plane[kPairs[pair][0]], plane[kPairs[pair][1]]);
        for (int t = 0; t < 3; ++t) hn::Store(tangents.t[t], d, chunk.t[3 * pair + t] + i);
        hn::Store(tangents.base, d, chunk.base[pair] + i);
      }
    }
    if (i == 0) continue;
    for (auto& t : chunk.t)
      hn::Store(small_atan(d, hn::Load(d, t + i - n), kFloatAtanSeries), d, t + i - n);
  }
}

// Stage 4: computes the weights, times `scales`.
HWY_INLINE void weigh(FloatLanes d, const float* scales, std::size_t count, Chunk& chunk) {
  const F zero = hn::Zero(d), pi = hn::Set(d, std::numbers::pi_v<float>);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto x = load_plane(d, chunk, 0, i), y = load_plane(d, chunk, 1, i),
               z = load_plane(d, chunk, 2, i);
    const auto edge = [&](std::size_t pair, const Plane<F>& a, const Plane<F>& b) HWY_ATTR {
      return edge_times_3(
          d, a, b, hn::Load(d, chunk.t[3 * pair] + i), hn::Load(d, chunk.t[3 * pair + 1] + i),
          hn::Load(d, chunk.t[3 * pair + 2] + i), hn::Load(d, chunk.base[pair] + i));
    };
    // Three times the cut volumes.
    const F exy = edge(0, x, y), exz = edge(1, x, z), eyz = edge(2, y, z);
    const F cx = hn::Mul(pi, cap_over_third_pi(d, x));
    const F cy = hn::Mul(pi, cap_over_third_pi(d, y));
    const F cz = hn::Mul(pi, cap_over_third_pi(d, z));
    const F caps = hn::Add(hn::Add(cx, cy), cz);
    const F edges = hn::Add(hn::Add(exy, exz), eyz);
    const F rr = hn::Add(hn::Add(hn::Mul(x.a, x.a), hn::Mul(y.a, y.a)), hn::Mul(z.a, z.a));
    const F corner = hn::Sub(hn::Add(hn::Sub(hn::Set(d, std::numbers::pi_v<float> / 2),
                                             hn::Mul(hn::Set(d, 0.25F), caps)),
                                     hn::Mul(hn::Set(d, 0.5F), edges)),
                             hn::Mul(hn::Set(d, 3.0F), hn::Mul(hn::Mul(x.a, y.a), z.a)));
    const F t = hn::IfThenElseZero(hn::Lt(rr, hn::Set(d, 1.0F)), hn::Max(corner, zero));

    const F scale = hn::Load(d, scales + i);
    const F xy = hn::Sub(exy, t), xz = hn::Sub(exz, t), yz = hn::Sub(eyz, t);
    // Of the index, bits 4 (x), 2 (y) and 1 (z) are set for voxels beyond the nearest plane.
    F w[8] = {hn::Sub(hn::Add(hn::Sub(hn::Set(d, 4 * std::numbers::pi_v<float>), caps), edges), t),
              hn::Sub(hn::Sub(cz, exz), yz),
              hn::Sub(hn::Sub(cy, exy), yz),
              yz,
              hn::Sub(hn::Sub(cx, exy), xz),
              xz,
              xy,
              t};
    for (F& volume : w) volume = hn::Mul(hn::Max(volume, zero), scale);
    // Reorders the weights: bits are now set for upper voxels. Voxels outside of the image make
    // room for voxels of no weight.
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto above = hn::Gt(hn::Load(d, chunk.side[axis] + i), zero);
      const F outside = hn::Load(d, chunk.outside[axis] + i);
      const auto below = hn::Lt(outside, zero), beyond = hn::Gt(outside, zero);
      const std::size_t bit = std::size_t{4} >> axis;
      for (std::size_t lower = 0; lower < 8; ++lower) {
        if ((lower & bit) != 0) continue;
        const F near = w[lower], far = w[lower | bit];
        const F low = hn::IfThenElse(above, far, near), high = hn::IfThenElse(above, near, far);
        w[lower] = hn::IfThenElse(below, high, hn::IfThenZeroElse(beyond, low));
        w[lower | bit] = hn::IfThenElse(beyond, low, hn::IfThenZeroElse(below, high));
      }
    }
    for (std::size_t row = 0; row < 4; ++row)
      hn::StoreInterleaved2(w[2 * row], w[2 * row + 1], d, chunk.pair[row] + 2 * i);
  }
}

template <bool kMax>
HWY_INLINE void put_pair(float* HWY_RESTRICT voxels, const float* HWY_RESTRICT values) {
  const hn::CappedTag<float, 2> d;
  for (std::size_t i = 0; i < 2; i += hn::Lanes(d)) {
    const auto old = hn::LoadU(d, voxels + i), value = hn::LoadU(d, values + i);
    hn::StoreU(kMax ? hn::Max(value, old) : hn::Add(old, value), d, voxels + i);
  }
}

// Adds the voxels of a chunk's atoms to their channels, and writes their footprints. A function of
// its own, so that the compiler has registers for all that does not change.
template <bool kMax>
HWY_NOINLINE void scatter(const kernels::Canvas& canvas, std::ptrdiff_t length, const Chunk& chunk,
                          std::size_t count, const std::uint32_t* channels, Footprint* footprints) {
  const std::ptrdiff_t along_x = length * length;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t mask = channels[i];
    for (std::uint32_t rest = mask; rest != 0; rest &= rest - 1) {
      float* p = canvas.image +
                 canvas.channel_stride * static_cast<unsigned>(std::countr_zero(rest)) +
                 chunk.place[i];
      put_pair<kMax>(p, chunk.pair[0] + 2 * i);
      put_pair<kMax>(p + length, chunk.pair[1] + 2 * i);
      put_pair<kMax>(p + along_x, chunk.pair[2] + 2 * i);
      put_pair<kMax>(p + along_x + length, chunk.pair[3] + 2 * i);
    }
    footprints[i] = {static_cast<std::uint32_t>(chunk.place[i]), mask, {2, 2, 2}};
  }
}

template <bool kMax>
void draw(const kernels::View& view, double radius_A, double scale, const kernels::Canvas& canvas,
          kernels::Block& block, Footprint* footprints) {
  const Lanes d;
  const FloatLanes df;
  // Weights are three times volumes of the unit ball; their sum is 4π.
  const double unit = scale / (4 * std::numbers::pi);
  // Vectors read past the end, so numbers must be there.
  for (double* q_A : {block.x_A, block.y_A, block.z_A})
    std::fill_n(q_A + block.count, kernels::kMaxFloatLanes, 0.0);
  Chunk chunk;
  alignas(64) float scales[kChunk] = {};
  for (std::size_t first = 0; first < block.count; first += kChunk) {
    const std::size_t count = std::min(kChunk, block.count - first);
    for (std::size_t i = 0; i < count; ++i)
      scales[i] = static_cast<float>(unit * static_cast<double>(block.occupancy[first + i]));
    locate(d, view, radius_A, block, first, count, chunk);
    find_angles(df, count, chunk);
    weigh(df, scales, count, chunk);
    scatter<kMax>(canvas, view.length_voxels, chunk, count, block.channels + first,
                  footprints + first);
  }
}

void DrawSmallBalls(const kernels::View& view, double radius_A, double scale,
                    const kernels::Canvas& canvas, kernels::Block& block, Footprint* footprints) {
  if (canvas.max)
    draw<true>(view, radius_A, scale, canvas, block, footprints);
  else
    draw<false>(view, radius_A, scale, canvas, block, footprints);
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mmgym {
HWY_EXPORT(DrawSmallBalls);

namespace kernels {

void draw_small_balls(const View& view, double radius_A, double scale, const Canvas& canvas,
                      Block& block, Footprint* footprints) {
  HWY_DYNAMIC_DISPATCH(DrawSmallBalls)(view, radius_A, scale, canvas, block, footprints);
}

}  // namespace kernels
}  // namespace mmgym
#endif
