// The common case: balls of one radius, at most half a voxel, each in the eight voxels about the
// vertex that is nearest to it. One lane is one atom.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "voxel/small_balls.cpp"
#include <hwy/foreach_target.h>
// The order matters: foreach_target.h compiles this file anew, from here on, for each target.
#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "voxel/edge-inl.h"
#include "voxel/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {

using Lanes = hn::CappedTag<double, kernels::kMaxLanes>;
using V = hn::Vec<Lanes>;

// Distance of a coordinate from the interval [-half, half], squared. NaN stays NaN (which Max does
// not promise).
HWY_INLINE V outside_squared(Lanes d, V q, V half) {
  const V beyond = hn::Sub(hn::Abs(q), half);
  const V e = hn::IfThenZeroElse(hn::Lt(beyond, hn::Zero(d)), beyond);
  return hn::Mul(e, e);
}

void Cull(const kernels::View& view, const AtomsView& atoms, std::size_t begin, std::size_t end,
          const kernels::Reach& reach, kernels::Block& block) {
  const Lanes d;
  const hn::Rebind<std::int64_t, Lanes> di;
  const hn::Rebind<float, Lanes> df;
  const std::size_t n = hn::Lanes(d);
  const V half = hn::Set(d, view.half_edge_A);
  const double* m = view.rotation;
  std::size_t count = 0;

  const auto step = [&](std::size_t first, const double* xs, const double* ys, const double* zs,
                        const float* radii) HWY_ATTR {
    const V x = hn::LoadU(d, xs), y = hn::LoadU(d, ys), z = hn::LoadU(d, zs);
    const auto row = [&](int i) HWY_ATTR {
      const V xy = hn::Add(hn::Mul(hn::Set(d, m[3 * i]), x), hn::Mul(hn::Set(d, m[3 * i + 1]), y));
      const V xyz = hn::Add(xy, hn::Mul(hn::Set(d, m[3 * i + 2]), z));
      return hn::Add(xyz, hn::Set(d, view.translation[i]));
    };
    const V qx = row(0), qy = row(1), qz = row(2);
    const V distance2 = hn::Add(hn::Add(outside_squared(d, qx, half), outside_squared(d, qy, half)),
                                outside_squared(d, qz, half));
    // `<` is false for NaN and, as a reach is finite, for atoms at infinity.
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
    hn::CompressStore(hn::Iota(di, static_cast<std::int64_t>(first)), hn::RebindMask(di, near), di,
                      block.index + count);
    hn::CompressStore(qx, near, d, block.x_A + count);
    hn::CompressStore(qy, near, d, block.y_A + count);
    count += hn::CompressStore(qz, near, d, block.z_A + count);
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
}

// The eight weights of a vector of atoms, and the voxels they go to.
struct Weights {
  // By which of x, y, z is the far voxel: bit 2 is x, bit 1 is y, bit 0 is z.
  alignas(64) float weight[8][kernels::kMaxLanes];
  // The voxel of the atom's center along each axis, and the one across the nearest plane.
  alignas(32) std::int32_t near[3][kernels::kMaxLanes];
  alignas(32) std::int32_t far[3][kernels::kMaxLanes];
};

// Finds the voxel of the coordinate q and its far neighbor; returns the nearest plane's offset from
// the center of the ball, at most 1.
HWY_INLINE Plane<V> locate(Lanes d, V q, const kernels::View& view, V inverse_radius,
                           std::int32_t* near, std::int32_t* far) {
  const hn::Rebind<std::int32_t, Lanes> di;
  const V u = hn::Div(hn::Add(q, hn::Set(d, view.half_edge_A)), hn::Set(d, view.resolution_A));
  const V voxel = hn::Floor(u);
  const V f = hn::Sub(u, voxel);
  const V one = hn::Set(d, 1.0);
  const V across =
      hn::IfThenElse(hn::Lt(f, hn::Set(d, 0.5)), hn::Sub(voxel, one), hn::Add(voxel, one));
  hn::StoreU(hn::DemoteTo(di, voxel), di, near);
  hn::StoreU(hn::DemoteTo(di, across), di, far);
  const V offset = hn::Mul(hn::Min(f, hn::Sub(one, f)), inverse_radius);
  return make_plane(d, hn::Min(offset, one));
}

HWY_INLINE void weigh(Lanes d, const kernels::View& view, V inverse_radius, V qx, V qy, V qz,
                      V scale, Weights& out) {
  const hn::Rebind<float, Lanes> df;
  const V zero = hn::Zero(d);
  const auto x = locate(d, qx, view, inverse_radius, out.near[0], out.far[0]);
  const auto y = locate(d, qy, view, inverse_radius, out.near[1], out.far[1]);
  const auto z = locate(d, qz, view, inverse_radius, out.near[2], out.far[2]);

  // Three times the cut volumes.
  const V third_pi = hn::Set(d, std::numbers::pi);
  const V cx = hn::Mul(third_pi, cap_over_third_pi(d, x));
  const V cy = hn::Mul(third_pi, cap_over_third_pi(d, y));
  const V cz = hn::Mul(third_pi, cap_over_third_pi(d, z));
  const V exy = edge_times_3(d, x, y);
  const V exz = edge_times_3(d, x, z);
  const V eyz = edge_times_3(d, y, z);
  const V caps = hn::Add(hn::Add(cx, cy), cz);
  const V edges = hn::Add(hn::Add(exy, exz), eyz);
  const V xyz = hn::Mul(hn::Mul(x.a, y.a), z.a);
  const V rr = hn::Add(hn::Add(hn::Mul(x.a, x.a), hn::Mul(y.a, y.a)), hn::Mul(z.a, z.a));
  const V corner =
      hn::Sub(hn::Add(hn::Sub(hn::Set(d, std::numbers::pi / 2), hn::Mul(hn::Set(d, 0.25), caps)),
                      hn::Mul(hn::Set(d, 0.5), edges)),
              hn::Mul(hn::Set(d, 3.0), xyz));
  const V t = hn::IfThenElseZero(hn::Lt(rr, hn::Set(d, 1.0)), hn::Max(corner, zero));

  const auto put = [&](int i, V volume) HWY_ATTR {
    hn::StoreU(hn::DemoteTo(df, hn::Mul(hn::Max(volume, zero), scale)), df, out.weight[i]);
  };
  const V xy = hn::Sub(exy, t), xz = hn::Sub(exz, t), yz = hn::Sub(eyz, t);
  put(7, t);
  put(6, xy);
  put(5, xz);
  put(3, yz);
  put(4, hn::Sub(hn::Sub(cx, exy), xz));
  put(2, hn::Sub(hn::Sub(cy, exy), yz));
  put(1, hn::Sub(hn::Sub(cz, exz), yz));
  put(0, hn::Sub(hn::Add(hn::Sub(hn::Set(d, 4 * std::numbers::pi), caps), edges), t));
}

// Adds lane `lane` to the channels of `mask`.
template <bool kMax>
HWY_INLINE void scatter(const kernels::Canvas& canvas, int length, const Weights& w,
                        std::size_t lane, std::uint32_t mask, Footprint& footprint) {
  const auto put = [](float* voxel, float value) {
    *voxel = kMax ? std::max(*voxel, value) : *voxel + value;
  };
  const auto n = static_cast<std::uint32_t>(length);
  std::ptrdiff_t near = 0, across[3] = {};
  unsigned inside = 0;  // bits as in Weights::weight: near voxels, then far ones
  for (int axis = 0; axis < 3; ++axis) {
    const std::int32_t i = w.near[axis][lane], j = w.far[axis][lane];
    near = near * length + i;
    across[axis] = j - i;
    const bool near_in = static_cast<std::uint32_t>(i) < n;
    const bool far_in = static_cast<std::uint32_t>(j) < n;
    inside |= (near_in ? 1u : 0u) << (2 - axis) | (far_in ? 8u : 0u) << (2 - axis);
    footprint.first[axis] = static_cast<std::uint16_t>(near_in && far_in ? std::min(i, j)
                                                       : near_in         ? i
                                                                         : j);
    footprint.length[axis] = near_in && far_in ? 2 : 1;
  }
  footprint.channels = mask;
  const std::ptrdiff_t dz = across[2], dy = across[1] * length;
  const std::ptrdiff_t dx = across[0] * length * length;
  for (; mask != 0; mask &= mask - 1) {
    float* p = canvas.image + canvas.channel_stride * static_cast<unsigned>(std::countr_zero(mask));
    if (inside == 63) {
      p += near;
      put(p, w.weight[0][lane]);
      put(p + dz, w.weight[1][lane]);
      put(p + dy, w.weight[2][lane]);
      put(p + dy + dz, w.weight[3][lane]);
      put(p + dx, w.weight[4][lane]);
      put(p + dx + dz, w.weight[5][lane]);
      put(p + dx + dy, w.weight[6][lane]);
      put(p + dx + dy + dz, w.weight[7][lane]);
      continue;
    }
    for (unsigned voxel = 0; voxel < 8; ++voxel) {
      const unsigned needed = (~voxel & 7u) | voxel << 3;
      if ((inside & needed) != needed) continue;
      const std::ptrdiff_t offset = near + ((voxel & 4u) != 0 ? dx : 0) +
                                    ((voxel & 2u) != 0 ? dy : 0) + ((voxel & 1u) != 0 ? dz : 0);
      put(p + offset, w.weight[voxel][lane]);
    }
  }
}

template <bool kMax>
std::size_t draw(const kernels::View& view, const AtomsView& atoms, double radius_A, double scale,
                 const kernels::Canvas& canvas, kernels::Block& block, Footprint* footprints) {
  const Lanes d;
  const std::size_t n = hn::Lanes(d);
  const V inverse_radius = hn::Set(d, view.resolution_A / radius_A);
  // Weights are three times volumes of the unit ball, 4π in all.
  const double unit = scale / (4 * std::numbers::pi);
  std::size_t drawn = 0;
  Weights weights;
  alignas(64) double scales[kernels::kMaxLanes] = {};
  for (std::size_t first = 0; first < block.count; first += n) {
    const std::size_t lanes = std::min(n, block.count - first);
    for (std::size_t lane = 0; lane < lanes; ++lane)
      scales[lane] = unit * static_cast<double>(atoms.occupancy[block.index[first + lane]]);
    weigh(d, view, inverse_radius, hn::LoadU(d, block.x_A + first), hn::LoadU(d, block.y_A + first),
          hn::LoadU(d, block.z_A + first), hn::LoadU(d, scales), weights);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const std::int64_t atom = block.index[first + lane];
      const std::uint32_t mask = atoms.channels[atom] & canvas.channel_mask;
      if (mask == 0) continue;
      scatter<kMax>(canvas, view.length_voxels, weights, lane, mask, footprints[drawn]);
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
