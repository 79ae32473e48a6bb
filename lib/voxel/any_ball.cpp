// A ball of any radius in a grid: B at the vertices (see overlap.h), and its mixed difference.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "voxel/any_ball.cpp"
#include <hwy/foreach_target.h>
// The order matters: foreach_target.h compiles the rest of this file once per target.
#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "voxel/edge-inl.h"
#include "voxel/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {
namespace {

// Most rows are short: a ball of 3 Å has seven planes of 1 Å.
using RowLanes = hn::CappedTag<double, 4>;
using RowV = hn::Vec<RowLanes>;
using Axis = BallScratch::Axis;

// Edges are computed for one plane with this many others at a time.
constexpr std::size_t kQuad = 4;
static_assert(BallScratch::kRowPadding >= 2 * kQuad);

// The voxels [first, last] along an axis that a ball may touch. Empty (first > last) if the ball
// passed the cull only by rounding.
struct Range {
  int first, last;
};

Range touched(double u, double rho, int length) {
  // Includes the voxels at the center, even if u ± rho rounds to u.
  const double first = std::min(std::floor(u - rho), std::ceil(u) - 1);
  const double last = std::max(std::ceil(u + rho) - 1, std::floor(u));
  return {static_cast<int>(std::clamp(first, 0.0, static_cast<double>(length))),
          static_cast<int>(std::clamp(last, -1.0, length - 1.0))};
}

void place_planes(double u, double rho, Range range, Axis& axis) {
  const RowLanes d;
  const RowV one = hn::Set(d, 1.0), zero = hn::Zero(d), pi = hn::Set(d, std::numbers::pi);
  axis.planes = static_cast<std::size_t>(range.last - range.first) + 2;
  // Offsets are in radii. They are exactly 0 if the ball's center is in a plane.
  const RowV per_radius = hn::Set(d, 1 / rho);
  const RowV from = hn::Set(d, range.first - u);
  // Quads of planes extend beyond the last plane.
  for (std::size_t i = 0; i < axis.planes + kQuad; i += hn::Lanes(d)) {
    const RowV s = hn::Mul(hn::Add(hn::Iota(d, static_cast<double>(i)), from), per_radius);
    const auto plane = make_plane(d, hn::Min(hn::Abs(s), one));
    hn::StoreU(plane.a, d, axis.a.data() + i);
    hn::StoreU(plane.k, d, axis.k.data() + i);
    hn::StoreU(plane.rho, d, axis.rho.data() + i);
    hn::StoreU(hn::IfThenElse(hn::Lt(s, zero), hn::Neg(one), one), d, axis.sign.data() + i);
    // π/18 - C/4 = π/18 - π (2 - k)/12 = π (k/12 - 1/9)
    hn::StoreU(hn::Mul(pi, hn::Sub(hn::Mul(plane.k, hn::Set(d, 1.0 / 12)), hn::Set(d, 1.0 / 9))), d,
               axis.octant.data() + i);
  }
  for (std::size_t i = 0; i < axis.planes; i += hn::Lanes(d)) {
    const RowV low = hn::LoadU(d, axis.a.data() + i), high = hn::LoadU(d, axis.a.data() + i + 1);
    const auto around = hn::Lt(
        hn::Mul(hn::LoadU(d, axis.sign.data() + i), hn::LoadU(d, axis.sign.data() + i + 1)), zero);
    const RowV nearest = hn::IfThenZeroElse(around, hn::Min(low, high));
    const RowV farthest = hn::Max(low, high);
    hn::StoreU(hn::Mul(nearest, nearest), d, axis.nearest2.data() + i);
    hn::StoreU(hn::Mul(farthest, farthest), d, axis.farthest2.data() + i);
  }
  axis.cut_begin = 0;
  axis.cut_end = axis.planes;
  while (axis.cut_begin < axis.cut_end && !(axis.a[axis.cut_begin] < 1)) ++axis.cut_begin;
  while (axis.cut_begin < axis.cut_end && !(axis.a[axis.cut_end - 1] < 1)) --axis.cut_end;
}

// Collects edges, so that each stage of the computation is a loop over many independent iterations.
// Edges are added as one plane with four planes in a row.
class EdgeBatch {
 public:
  // Appends the edges of a plane with four others. finish() writes their E/2 to `to`.
  HWY_INLINE void add(const Axis& one, std::size_t i, const Axis& four, std::size_t j, double* to) {
    if (quads_ == kQuads) finish();
    const RowLanes d;
    const std::size_t at = kQuad * quads_;
    const RowV a = hn::Set(d, one.a[i]), k = hn::Set(d, one.k[i]), rho = hn::Set(d, one.rho[i]);
    for (std::size_t lane = 0; lane < kQuad; lane += hn::Lanes(d)) {
      hn::StoreU(a, d, a_[0] + at + lane);
      hn::StoreU(k, d, k_[0] + at + lane);
      hn::StoreU(rho, d, rho_[0] + at + lane);
      hn::StoreU(hn::LoadU(d, four.a.data() + j + lane), d, a_[1] + at + lane);
      hn::StoreU(hn::LoadU(d, four.k.data() + j + lane), d, k_[1] + at + lane);
      hn::StoreU(hn::LoadU(d, four.rho.data() + j + lane), d, rho_[1] + at + lane);
    }
    to_[quads_++] = to;
  }

  void finish() {
    const hn::CappedTag<double, kernels::kMaxLanes> d;
    const std::size_t n = hn::Lanes(d), count = kQuad * quads_;
    for (std::size_t i = 0; i < count; i += n) {
      const auto tangents = edge_tangents(d, load(d, 0, i), load(d, 1, i));
      for (int t = 0; t < 3; ++t) hn::Store(tangents.t[t], d, t_[t] + i);
      hn::Store(tangents.base, d, base_ + i);
    }
    for (std::size_t i = 0; i < count; i += n)
      for (auto& t : t_) hn::Store(small_atan(d, hn::Load(d, t + i), kAtanSeries), d, t + i);
    for (std::size_t i = 0; i < count; i += n) {
      const auto e =
          edge_times_3(d, load(d, 0, i), load(d, 1, i), hn::Load(d, t_[0] + i),
                       hn::Load(d, t_[1] + i), hn::Load(d, t_[2] + i), hn::Load(d, base_ + i));
      hn::Store(hn::Mul(e, hn::Set(d, 1.0 / 6)), d, base_ + i);
    }
    const RowLanes row;
    for (std::size_t quad = 0; quad < quads_; ++quad)
      for (std::size_t lane = 0; lane < kQuad; lane += hn::Lanes(row))
        hn::StoreU(hn::LoadU(row, base_ + kQuad * quad + lane), row, to_[quad] + lane);
    quads_ = 0;
  }

 private:
  template <class D>
  HWY_INLINE Plane<hn::Vec<D>> load(D d, int side, std::size_t i) const {
    return {hn::Load(d, a_[side] + i), hn::Load(d, k_[side] + i), hn::Load(d, rho_[side] + i)};
  }

  static constexpr std::size_t kQuads = 32;
  static constexpr std::size_t kRoom = kQuad * kQuads;
  static_assert(kRoom % kernels::kMaxLanes == 0);
  std::size_t quads_ = 0;
  double* to_[kQuads];
  alignas(64) double a_[2][kRoom], k_[2][kRoom], rho_[2][kRoom], t_[3][kRoom], base_[kRoom];
};

// Computes E/2 of every plane of `rows` with every plane of `columns`.
HWY_INLINE void find_edges(const Axis& rows, const Axis& columns, std::size_t stride, double* table,
                           EdgeBatch& batch) {
  const RowLanes d;
  for (std::size_t i = 0; i < rows.planes; ++i, table += stride) {
    for (std::size_t j = 0; j < columns.planes; j += hn::Lanes(d))
      hn::StoreU(hn::Zero(d), d, table + j);
    if (!(rows.a[i] < 1)) continue;
    // Values that the last quad writes beyond cut_end are zero: no plane there cuts the ball.
    for (std::size_t j = columns.cut_begin; j < columns.cut_end; j += kQuad)
      batch.add(rows, i, columns, j, table + j);
  }
}

// Computes B at the vertices in plane i of x.
void find_vertices(const BallScratch& scratch, std::size_t i, double* layer) {
  const RowLanes d;
  const auto& [x, y, z] = scratch.axes;
  const std::size_t stride = scratch.stride;
  const double* xy = scratch.half_edge_xy.data() + i * stride;
  const double* xz = scratch.half_edge_xz.data() + i * stride;
  for (std::size_t j = 0; j < y.planes; ++j, layer += stride) {
    const double* yz = scratch.half_edge_yz.data() + j * stride;
    const RowV octant = hn::Set(d, x.octant[i] + y.octant[j] + xy[j]);
    const RowV rr = hn::Set(d, x.a[i] * x.a[i] + y.a[j] * y.a[j]);
    const RowV ab = hn::Set(d, x.a[i] * y.a[j]);
    const RowV sign = hn::Set(d, x.sign[i] * y.sign[j]);
    for (std::size_t k = 0; k < z.planes; k += hn::Lanes(d)) {
      const RowV c = hn::LoadU(d, z.a.data() + k);
      const RowV outside = hn::Add(hn::Add(octant, hn::LoadU(d, z.octant.data() + k)),
                                   hn::Add(hn::LoadU(d, xz + k), hn::LoadU(d, yz + k)));
      const auto inside = hn::Lt(hn::Add(rr, hn::Mul(c, c)), hn::Set(d, 1.0));
      const RowV volume = hn::IfThenElse(inside, hn::Mul(ab, c), outside);
      hn::StoreU(hn::Mul(hn::Mul(sign, hn::LoadU(d, z.sign.data() + k)), volume), d, layer + k);
    }
  }
}

// Computes a row of voxels from four rows of vertices, in the order (x, y) = low low, low high,
// high low, high high. Voxels outside the ball are 0 and voxels inside it `full`, exactly.
void find_row(const BallScratch& scratch, std::size_t i, std::size_t j,
              const std::array<const double*, 4>& rows, double full, double scale, float* row) {
  const RowLanes d;
  const hn::Rebind<float, RowLanes> df;
  const auto& [x, y, z] = scratch.axes;
  const RowV one = hn::Set(d, 1.0), zero = hn::Zero(d);
  const RowV most = hn::Set(d, std::min(full, 4 * std::numbers::pi / 3));
  const RowV nearest2 = hn::Set(d, x.nearest2[i] + y.nearest2[j]);
  const RowV farthest2 = hn::Set(d, x.farthest2[i] + y.farthest2[j]);
  for (std::size_t k = 0; k + 1 < z.planes; k += hn::Lanes(d)) {
    const auto along_z = [&](const double* b) HWY_ATTR {
      return hn::Sub(hn::LoadU(d, b + k + 1), hn::LoadU(d, b + k));
    };
    const RowV high = hn::Sub(along_z(rows[3]), along_z(rows[2]));
    const RowV low = hn::Sub(along_z(rows[1]), along_z(rows[0]));
    const RowV cut = hn::Min(hn::Max(hn::Sub(high, low), zero), most);
    const auto in = hn::Lt(hn::Add(farthest2, hn::LoadU(d, z.farthest2.data() + k)), one);
    const auto touches = hn::Lt(hn::Add(nearest2, hn::LoadU(d, z.nearest2.data() + k)), one);
    const RowV volume = hn::IfThenElseZero(touches, hn::IfThenElse(in, hn::Set(d, full), cut));
    hn::StoreU(hn::DemoteTo(df, hn::Mul(volume, hn::Set(d, scale))), df, row + k);
  }
}

}  // namespace

bool DrawBall(const kernels::View& view, const kernels::Ball& ball, const kernels::Canvas& canvas,
              BallScratch& scratch, Footprint& footprint) {
  const int length = view.length_voxels;
  const double rho = ball.radius_A / view.resolution_A;
  Range ranges[3];
  footprint = {0, ball.channels, {}};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double u = (ball.center_A[axis] + view.half_edge_A) / view.resolution_A;
    ranges[axis] = touched(u, rho, length);
    if (ranges[axis].first > ranges[axis].last) return false;
    place_planes(u, rho, ranges[axis], scratch.axes[axis]);
    footprint.first = footprint.first * static_cast<std::uint32_t>(length) +
                      static_cast<std::uint32_t>(ranges[axis].first);
    footprint.length[axis] = static_cast<std::uint16_t>(ranges[axis].last - ranges[axis].first + 1);
  }
  const auto& [x, y, z] = scratch.axes;
  const std::size_t stride = scratch.stride;
  EdgeBatch edges;
  find_edges(x, y, stride, scratch.half_edge_xy.data(), edges);
  find_edges(x, z, stride, scratch.half_edge_xz.data(), edges);
  find_edges(y, z, stride, scratch.half_edge_yz.data(), edges);
  edges.finish();

  const double full = 1 / (rho * rho * rho);
  double* low = scratch.layers[0].data();
  double* high = scratch.layers[1].data();
  find_vertices(scratch, 0, high);
  for (std::size_t i = 0; i + 1 < x.planes; ++i) {
    std::swap(low, high);
    find_vertices(scratch, i + 1, high);
    for (std::size_t j = 0; j + 1 < y.planes; ++j) {
      if (x.nearest2[i] + y.nearest2[j] >= 1) continue;
      const std::size_t at = j * stride;
      find_row(scratch, i, j, {low + at, low + at + stride, high + at, high + at + stride}, full,
               ball.scale, canvas.row);
      const std::size_t offset = footprint.first + (i * static_cast<std::size_t>(length) + j) *
                                                       static_cast<std::size_t>(length);
      add_row(canvas, ball.channels, offset, canvas.row, z.planes - 1);
    }
  }
  return true;
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mmgym {
HWY_EXPORT(DrawBall);

namespace kernels {

bool draw_ball(const View& view, const Ball& ball, const Canvas& canvas, BallScratch& scratch,
               Footprint& footprint) {
  return HWY_DYNAMIC_DISPATCH(DrawBall)(view, ball, canvas, scratch, footprint);
}

}  // namespace kernels
}  // namespace mmgym
#endif
