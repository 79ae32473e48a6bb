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
#include <limits>

#include "voxel/edge-inl.h"
#include "voxel/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {

using Lanes = hn::CappedTag<double, kernels::kMaxLanes>;
using V = hn::Vec<Lanes>;

// Returns the squared distance of a coordinate from the interval [-half, half]. NaN stays NaN,
// which Max does not guarantee.
HWY_INLINE V outside_squared(Lanes d, V q, V half) {
  const V beyond = hn::Sub(hn::Abs(q), half);
  const V e = hn::IfThenZeroElse(hn::Lt(beyond, hn::Zero(d)), beyond);
  return hn::Mul(e, e);
}

void Cull(const kernels::View& view, const AtomsView& atoms, std::size_t begin, std::size_t end,
          const kernels::Reach& reach, kernels::Block& block) {
  const Lanes d;
  const hn::Rebind<float, Lanes> df;
  const std::size_t n = hn::Lanes(d);
  const V half = hn::Set(d, view.half_edge_A);
  const double* m = view.rotation;
  std::size_t count = 0;

  const auto step = [&](std::size_t first, const double* xs, const double* ys, const double* zs,
                        const float* radii) HWY_ATTR {
    const V x = hn::LoadU(d, xs), y = hn::LoadU(d, ys), z = hn::LoadU(d, zs);
    const auto row = [&](std::size_t i) HWY_ATTR {
      const V xy = hn::Add(hn::Mul(hn::Set(d, m[3 * i]), x), hn::Mul(hn::Set(d, m[3 * i + 1]), y));
      const V xyz = hn::Add(xy, hn::Mul(hn::Set(d, m[3 * i + 2]), z));
      return hn::Add(xyz, hn::Set(d, view.translation[i]));
    };
    const V qx = row(0), qy = row(1), qz = row(2);
    const V distance2 = hn::Add(hn::Add(outside_squared(d, qx, half), outside_squared(d, qy, half)),
                                outside_squared(d, qz, half));
    // `<` is false for NaN. It is false for atoms at infinity, because a reach is finite.
    V far = hn::Set(d, reach.uniform_A);
    auto near = hn::Lt(distance2, hn::Mul(far, far));
    if (radii != nullptr) {
      const V radius = hn::PromoteTo(d, hn::LoadU(df, radii));
      far = hn::Mul(radius, hn::Set(d, reach.factor));
      near = hn::And(hn::Lt(distance2, hn::Mul(far, far)),
                     hn::And(hn::Gt(radius, hn::Zero(d)),
                             hn::Le(radius, hn::Set(d, std::numeric_limits<float>::max()))));
    }
    if (hn::AllFalse(d, near)) return;
    if (hn::AllTrue(d, near)) {
      for (std::size_t lane = 0; lane < n; ++lane)
        block.index[count + lane] = static_cast<std::int64_t>(first + lane);
      hn::StoreU(qx, d, block.x_A + count);
      hn::StoreU(qy, d, block.y_A + count);
      hn::StoreU(qz, d, block.z_A + count);
      count += n;
      return;
    }
    // Lane by lane, without branches: an atom that is not near is overwritten by the next.
    alignas(64) double q[3][kernels::kMaxLanes];
    hn::Store(qx, d, q[0]);
    hn::Store(qy, d, q[1]);
    hn::Store(qz, d, q[2]);
    std::uint8_t bits[8] = {};  // StoreMaskBits may write 8 bytes
    hn::StoreMaskBits(d, near, bits);
    for (std::size_t lane = 0; lane < n; ++lane) {
      block.index[count] = static_cast<std::int64_t>(first + lane);
      block.x_A[count] = q[0][lane];
      block.y_A[count] = q[1][lane];
      block.z_A[count] = q[2][lane];
      count += bits[0] >> lane & 1u;
    }
  };

  std::size_t i = begin;
  for (; i + n <= end; i += n)
    step(i, atoms.x_A + i, atoms.y_A + i, atoms.z_A + i,
         atoms.radius_A == nullptr ? nullptr : atoms.radius_A + i);
  if (i < end) {
    double rest[3][kernels::kMaxLanes];
    float radii[kernels::kMaxLanes] = {};
    std::fill(&rest[0][0], &rest[0][0] + 3 * kernels::kMaxLanes,
              std::numeric_limits<double>::quiet_NaN());
    std::copy(atoms.x_A + i, atoms.x_A + end, rest[0]);
    std::copy(atoms.y_A + i, atoms.y_A + end, rest[1]);
    std::copy(atoms.z_A + i, atoms.z_A + end, rest[2]);
    if (atoms.radius_A != nullptr) std::copy(atoms.radius_A + i, atoms.radius_A + end, radii);
    step(i, rest[0], rest[1], rest[2], atoms.radius_A == nullptr ? nullptr : radii);
  }
  block.count = count;
  // Vectors read past the end, so numbers must be there.
  std::fill_n(block.x_A + count, kernels::kMaxLanes, 0.0);
  std::fill_n(block.y_A + count, kernels::kMaxLanes, 0.0);
  std::fill_n(block.z_A + count, kernels::kMaxLanes, 0.0);
}

// The number of atoms that pass one stage before the next: enough to make each stage a loop of
// short independent iterations, few enough for the L1 cache.
constexpr std::size_t kChunk = 64;
static_assert(kernels::kBlock % kChunk == 0);

// Intermediate values of a chunk of atoms.
struct Chunk {
  // Stage 1: the nearest plane along each axis (see Plane).
  alignas(64) double a[3][kChunk], k[3][kChunk], rho[3][kChunk];
  // Along each axis, 1 if the atom's center is in the voxel above that plane, -1 if it is below.
  alignas(64) double side[3][kChunk];
  // The lower of the two voxels along each axis, from -1 to L - 1, and the offset of that voxel in
  // a channel.
  alignas(64) std::int32_t low[3][kChunk], place[kChunk];
  // Stages 2 and 3: tangents, then their atans, and bases of the edges xy, xz and yz.
  alignas(64) double t[9][kChunk], base[3][kChunk];
  // Stage 4: the weights of the eight voxels, as pairs along z (lower, upper). Of the index, bit 1
  // is set for the upper voxels along x, bit 0 for the upper ones along y.
  alignas(64) float pair[4][2 * kChunk];
};

// Stage 1: finds the voxels, and the plane that may cut the ball along each axis.
HWY_INLINE void locate(Lanes d, const kernels::View& view, double radius_A,
                       const kernels::Block& block, std::size_t first, std::size_t count,
                       Chunk& chunk) {
  const hn::Rebind<std::int32_t, Lanes> di;
  const V one = hn::Set(d, 1.0), minus_one = hn::Set(d, -1.0), half = hn::Set(d, 0.5);
  const V half_edge = hn::Set(d, view.half_edge_A);
  const V per_voxel = hn::Set(d, 1 / view.resolution_A);
  const V per_radius = hn::Set(d, view.resolution_A / radius_A);
  const V length = hn::Set(d, view.length_voxels);
  // Atoms are less than half a voxel from the image, except for rounding errors.
  const V lowest = hn::Set(d, -0.5);
  const V highest = hn::Set(d, std::nextafter(view.length_voxels + 0.5, 0.0));
  const double* q_A[3] = {block.x_A + first, block.y_A + first, block.z_A + first};
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    V place = hn::Zero(d);
    for (int axis = 0; axis < 3; ++axis) {
      const V exact = hn::Mul(hn::Add(hn::LoadU(d, q_A[axis] + i), half_edge), per_voxel);
      const V u = hn::Min(hn::Max(exact, lowest), highest);
      const V voxel = hn::Floor(u);
      const V f = hn::Sub(u, voxel);
      const auto above = hn::Lt(f, half);
      const V low = hn::Sub(voxel, hn::IfThenElseZero(above, one));
      place = hn::Add(hn::Mul(place, length), low);
      hn::Store(hn::IfThenElse(above, one, minus_one), d, chunk.side[axis] + i);
      hn::Store(hn::DemoteTo(di, low), di, chunk.low[axis] + i);
      const V offset = hn::Mul(hn::Min(f, hn::Sub(one, f)), per_radius);
      const auto plane = make_plane(d, hn::Min(offset, one));
      hn::Store(plane.a, d, chunk.a[axis] + i);
      hn::Store(plane.k, d, chunk.k[axis] + i);
      hn::Store(plane.rho, d, chunk.rho[axis] + i);
    }
    hn::Store(hn::DemoteTo(di, place), di, chunk.place + i);
  }
}

HWY_INLINE Plane<V> load_plane(Lanes d, const Chunk& chunk, int axis, std::size_t i) {
  return {hn::Load(d, chunk.a[axis] + i), hn::Load(d, chunk.k[axis] + i),
          hn::Load(d, chunk.rho[axis] + i)};
}

constexpr int kPairs[3][2] = {{0, 1}, {0, 2}, {1, 2}};

// Stages 2 and 3: computes tangents and their atans. The atans of one vector overlap in time with
// the roots and divisions of the next.
HWY_INLINE void find_angles(Lanes d, std::size_t count, Chunk& chunk) {
  const std::size_t n = hn::Lanes(d);
  for (std::size_t i = 0; i < count + n; i += n) {
    if (i < count)
      for (int pair = 0; pair < 3; ++pair) {
        const auto tangents = edge_tangents(d, load_plane(d, chunk, kPairs[pair][0], i),
                                            load_plane(d, chunk, kPairs[pair][1], i));
        for (int t = 0; t < 3; ++t) hn::Store(tangents.t[t], d, chunk.t[3 * pair + t] + i);
        hn::Store(tangents.base, d, chunk.base[pair] + i);
      }
    if (i == 0) continue;
    for (auto& t : chunk.t)
      hn::Store(small_atan(d, hn::Load(d, t + i - n), kShortAtanSeries), d, t + i - n);
  }
}

// Stage 4: computes the weights, times `scales`.
HWY_INLINE void weigh(Lanes d, const double* scales, std::size_t count, Chunk& chunk) {
  const hn::Rebind<float, Lanes> df;
  const V zero = hn::Zero(d), pi = hn::Set(d, std::numbers::pi);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto x = load_plane(d, chunk, 0, i), y = load_plane(d, chunk, 1, i),
               z = load_plane(d, chunk, 2, i);
    const auto edge = [&](std::size_t pair, const Plane<V>& a, const Plane<V>& b) HWY_ATTR {
      return edge_times_3(
          d, a, b, hn::Load(d, chunk.t[3 * pair] + i), hn::Load(d, chunk.t[3 * pair + 1] + i),
          hn::Load(d, chunk.t[3 * pair + 2] + i), hn::Load(d, chunk.base[pair] + i));
    };
    // Three times the cut volumes.
    const V exy = edge(0, x, y), exz = edge(1, x, z), eyz = edge(2, y, z);
    const V cx = hn::Mul(pi, cap_over_third_pi(d, x));
    const V cy = hn::Mul(pi, cap_over_third_pi(d, y));
    const V cz = hn::Mul(pi, cap_over_third_pi(d, z));
    const V caps = hn::Add(hn::Add(cx, cy), cz);
    const V edges = hn::Add(hn::Add(exy, exz), eyz);
    const V rr = hn::Add(hn::Add(hn::Mul(x.a, x.a), hn::Mul(y.a, y.a)), hn::Mul(z.a, z.a));
    const V corner =
        hn::Sub(hn::Add(hn::Sub(hn::Set(d, std::numbers::pi / 2), hn::Mul(hn::Set(d, 0.25), caps)),
                        hn::Mul(hn::Set(d, 0.5), edges)),
                hn::Mul(hn::Set(d, 3.0), hn::Mul(hn::Mul(x.a, y.a), z.a)));
    const V t = hn::IfThenElseZero(hn::Lt(rr, hn::Set(d, 1.0)), hn::Max(corner, zero));

    const V scale = hn::Load(d, scales + i);
    const V xy = hn::Sub(exy, t), xz = hn::Sub(exz, t), yz = hn::Sub(eyz, t);
    // Of the index, bits 4 (x), 2 (y) and 1 (z) are set for voxels beyond the nearest plane.
    V w[8] = {hn::Sub(hn::Add(hn::Sub(hn::Set(d, 4 * std::numbers::pi), caps), edges), t),
              hn::Sub(hn::Sub(cz, exz), yz),
              hn::Sub(hn::Sub(cy, exy), yz),
              yz,
              hn::Sub(hn::Sub(cx, exy), xz),
              xz,
              xy,
              t};
    for (V& volume : w) volume = hn::Mul(hn::Max(volume, zero), scale);
    // Reorders the weights: bits are now set for upper voxels.
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto above = hn::Gt(hn::Load(d, chunk.side[axis] + i), zero);
      const std::size_t bit = std::size_t{4} >> axis;
      for (std::size_t lower = 0; lower < 8; ++lower) {
        if ((lower & bit) != 0) continue;
        const V near = w[lower], far = w[lower | bit];
        w[lower] = hn::IfThenElse(above, far, near);
        w[lower | bit] = hn::IfThenElse(above, near, far);
      }
    }
    for (std::size_t row = 0; row < 4; ++row)
      hn::StoreInterleaved2(hn::DemoteTo(df, w[2 * row]), hn::DemoteTo(df, w[2 * row + 1]), df,
                            chunk.pair[row] + 2 * i);
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

// Adds the voxels of atom i of the chunk that are in the image to the channels of `mask`.
template <bool kMax>
HWY_INLINE void scatter(const kernels::Canvas& canvas, const kernels::View& view,
                        const Chunk& chunk, std::size_t i, std::uint32_t mask,
                        Footprint& footprint) {
  footprint.channels = mask;
  const std::ptrdiff_t length = view.length_voxels;
  const std::int32_t* low[3] = {chunk.low[0] + i, chunk.low[1] + i, chunk.low[2] + i};
  const auto last = static_cast<std::uint32_t>(length - 1);
  const auto within = [last](std::int32_t j) { return static_cast<std::uint32_t>(j) < last; };
  if (within(*low[0]) && within(*low[1]) && within(*low[2])) {
    for (std::uint32_t rest = mask; rest != 0; rest &= rest - 1) {
      float* p = canvas.image +
                 canvas.channel_stride * static_cast<unsigned>(std::countr_zero(rest)) +
                 chunk.place[i];
      put_pair<kMax>(p, chunk.pair[0] + 2 * i);
      put_pair<kMax>(p + length, chunk.pair[1] + 2 * i);
      put_pair<kMax>(p + length * length, chunk.pair[2] + 2 * i);
      put_pair<kMax>(p + length * length + length, chunk.pair[3] + 2 * i);
    }
    footprint.first = static_cast<std::uint32_t>(chunk.place[i]);
    std::fill_n(footprint.length, 3, std::uint16_t{2});
    return;
  }

  int from[3], to[3];
  footprint.first = 0;
  for (int axis = 0; axis < 3; ++axis) {
    from[axis] = *low[axis] < 0 ? 1 : 0;
    to[axis] = *low[axis] + 1 < length ? 1 : 0;
    footprint.first = footprint.first * static_cast<std::uint32_t>(length) +
                      static_cast<std::uint32_t>(*low[axis] + from[axis]);
    footprint.length[axis] = static_cast<std::uint16_t>(to[axis] - from[axis] + 1);
  }
  for (std::uint32_t rest = mask; rest != 0; rest &= rest - 1) {
    float* channel =
        canvas.image + canvas.channel_stride * static_cast<unsigned>(std::countr_zero(rest));
    for (int dx = from[0]; dx <= to[0]; ++dx)
      for (int dy = from[1]; dy <= to[1]; ++dy)
        for (int dz = from[2]; dz <= to[2]; ++dz) {
          float& voxel = channel[chunk.place[i] + (dx * length + dy) * length + dz];
          const float value = chunk.pair[2 * dx + dy][2 * i + static_cast<std::size_t>(dz)];
          voxel = kMax ? std::max(voxel, value) : voxel + value;
        }
  }
}

template <bool kMax>
std::size_t draw(const kernels::View& view, const AtomsView& atoms, double radius_A, double scale,
                 const kernels::Canvas& canvas, kernels::Block& block, Footprint* footprints) {
  const Lanes d;
  // Weights are three times volumes of the unit ball; their sum is 4π.
  const double unit = scale / (4 * std::numbers::pi);
  std::size_t drawn = 0;
  Chunk chunk;
  alignas(64) double scales[kChunk] = {};
  for (std::size_t first = 0; first < block.count; first += kChunk) {
    const std::size_t count = std::min(kChunk, block.count - first);
    for (std::size_t i = 0; i < count; ++i)
      scales[i] = unit * static_cast<double>(atoms.occupancy[block.index[first + i]]);
    locate(d, view, radius_A, block, first, count, chunk);
    find_angles(d, count, chunk);
    weigh(d, scales, count, chunk);
    for (std::size_t i = 0; i < count; ++i) {
      const std::int64_t atom = block.index[first + i];
      const std::uint32_t mask = atoms.channels[atom] & canvas.channel_mask;
      if (mask == 0) continue;
      scatter<kMax>(canvas, view, chunk, i, mask, footprints[drawn]);
      block.index[drawn++] = atom;
    }
  }
  return drawn;
}

std::size_t DrawSmallBalls(const kernels::View& view, const AtomsView& atoms, double radius_A,
                           double scale, const kernels::Canvas& canvas, kernels::Block& block,
                           Footprint* footprints) {
  return canvas.max ? draw<true>(view, atoms, radius_A, scale, canvas, block, footprints)
                    : draw<false>(view, atoms, radius_A, scale, canvas, block, footprints);
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mmgym {
HWY_EXPORT(Cull);
HWY_EXPORT(DrawSmallBalls);

namespace kernels {

void cull(const View& view, const AtomsView& atoms, std::size_t begin, std::size_t end,
          const Reach& reach, Block& block) {
  HWY_DYNAMIC_DISPATCH(Cull)(view, atoms, begin, end, reach, block);
}

std::size_t draw_small_balls(const View& view, const AtomsView& atoms, double radius_A,
                             double scale, const Canvas& canvas, Block& block,
                             Footprint* footprints) {
  return HWY_DYNAMIC_DISPATCH(DrawSmallBalls)(view, atoms, radius_A, scale, canvas, block,
                                              footprints);
}

}  // namespace kernels
}  // namespace mmgym
#endif
