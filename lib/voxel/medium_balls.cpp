// Balls of up to kMediumBall voxels, of different radii: few planes cut each of them. One lane is
// one atom.
//
// With B at the vertices (see overlap.h), the volume in a voxel is the mixed difference of
// B = s P outside the ball and s (P - K) inside. s is the product of the signs of the vertex's
// offsets, K the volume beyond the vertex, and P = o_x + o_y + o_z + (E_xy + E_xz + E_yz) / 2,
// where o = π/18 - C/4 is a plane's share. The difference of each summand of s P contains the
// difference of the sign along the axes that it does not depend on, which is 2 for the voxels at
// the ball's center and 0 for all others. So there are three sums for the slabs through the center,
// and K for the others, which is 0 outside the ball.
//
// The numbers are floats or doubles.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "voxel/medium_balls.cpp"
#include <hwy/foreach_target.h>
// The order matters: foreach_target.h compiles the rest of this file once per target.
#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <type_traits>

#include "voxel/edge-inl.h"
#include "voxel/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {
namespace {

// The most planes that cut a ball, voxels that it touches, and planes around these voxels, along an
// axis. Of the latter, the first and the last never cut the ball.
constexpr auto kMostCuts = static_cast<std::size_t>(2 * kernels::kMediumBall);
constexpr std::size_t kMostVoxels = kMostCuts + 1;
constexpr std::size_t kMostPlanes = kMostCuts + 2;

// Rows of voxels are stored in pieces of four.
constexpr std::size_t kPiece = 4;
constexpr std::size_t kMostPieces = (kMostVoxels + kPiece - 1) / kPiece;

// The number of atoms that are drawn together: the most lanes of T.
template <typename T>
constexpr std::size_t kAtoms =
    std::is_same_v<T, float> ? kernels::kMaxFloatLanes : kernels::kMaxLanes;

template <typename T>
using Lanes = hn::CappedTag<T, kAtoms<T>>;

// A number of each atom.
template <typename T>
using Numbers = T[kAtoms<T>];

template <typename T>
struct alignas(64) Axis {
  Numbers<T> a[kMostPlanes], k[kMostPlanes], rho[kMostPlanes];  // see Plane
  Numbers<T> sign[kMostPlanes];                                 // of the offset
  Numbers<T> share[kMostPlanes];                                // π/18 - C/4
  Numbers<T> half_base[kMostPlanes];                            // see find_edges
  Numbers<T> sign_step[kMostVoxels];   // the difference of the signs of the two planes
  Numbers<T> share_step[kMostVoxels];  // the difference of sign times share
  Numbers<T> farthest2[kMostVoxels];   // the square of the farther plane's offset
  std::int32_t low[kAtoms<T>];         // the first voxel
  std::int32_t count[kAtoms<T>];       // voxels that the ball touches, inside or outside the image
};

// Values of the atoms that are drawn together. Lengths are in radii.
template <typename T>
struct alignas(64) Chunk {
  explicit Chunk(std::size_t most_cuts) : cuts(most_cuts) {}

  std::size_t cuts;  // planes along each axis that may cut a ball
  Axis<T> axes[3];
  Numbers<T> scale = {}, full = {};  // the value of a unit volume, and of a voxel inside the ball
  Numbers<T> angles[3][kMostPlanes][kMostPlanes];  // see find_edges
  // E/2 of the planes xy, xz and yz. It is 0 for the outermost.
  Numbers<T> half_edge[3][kMostPlanes][kMostPlanes] = {};
  Numbers<T> slab[3][kMostVoxels][kMostVoxels];    // without the factor for the third axis
  Numbers<T> corner[2][kMostPlanes][kMostPlanes];  // s K in a plane of x and in the one before
  Numbers<T> step[kMostPlanes][kMostPlanes] = {};  // their difference, 0 for the outermost planes
  // Rows along z: pieces of all atoms.
  alignas(64) T row[kMostVoxels][kMostVoxels][kMostPieces][kPiece * kAtoms<T>];
};

constexpr int kPairs[3][2] = {{0, 1}, {0, 2}, {1, 2}};

// Converts positions and offsets, which are in doubles, to T.
template <typename T, class D>
HWY_INLINE void store(D d, hn::Vec<D> numbers, T* to) {
  if constexpr (std::is_same_v<T, float>)
    hn::StoreU(hn::DemoteTo(hn::Rebind<float, D>(), numbers), hn::Rebind<float, D>(), to);
  else
    hn::StoreU(numbers, d, to);
}

// Finds the voxels of the balls and the offsets of planes.
template <typename T>
HWY_INLINE void place_planes(const kernels::View& view, const double* q_A, const double* rhos,
                             std::size_t used, std::size_t cuts, Axis<T>& axis) {
  const Lanes<double> d;
  const hn::Rebind<std::int32_t, Lanes<double>> di;
  const auto one = hn::Set(d, 1.0);
  for (std::size_t i = 0; i < used; i += hn::Lanes(d)) {
    const auto u = hn::Mul(hn::Add(hn::LoadU(d, q_A + i), hn::Set(d, view.half_edge_A)),
                           hn::Set(d, 1 / view.resolution_A));
    const auto rho = hn::LoadU(d, rhos + i);
    const auto low = hn::Floor(hn::Sub(u, rho));
    hn::StoreU(hn::DemoteTo(di, low), di, axis.low + i);
    const auto per_radius = hn::Div(one, rho);
    const auto first = hn::Sub(low, u);
    auto touched = one;
    for (std::size_t plane = 0; plane < cuts + 2; ++plane) {
      auto s = hn::Mul(hn::Add(first, hn::Set(d, static_cast<double>(plane))), per_radius);
      // Rounding errors could move the outermost planes into the ball.
      if (plane == 0) s = hn::Set(d, -1.0);
      if (plane == cuts + 1) s = one;
      if (plane > 0) touched = hn::Add(touched, hn::IfThenElseZero(hn::Lt(s, one), one));
      store(d, hn::Min(hn::Abs(s), one), axis.a[plane] + i);
      store(d, hn::IfThenElse(hn::Lt(s, hn::Zero(d)), hn::Neg(one), one), axis.sign[plane] + i);
    }
    hn::StoreU(hn::DemoteTo(di, touched), di, axis.count + i);
  }
}

template <typename T, class D = Lanes<T>>
HWY_INLINE void complete_planes(std::size_t used, std::size_t cuts, Axis<T>& axis) {
  constexpr T kPi = std::numbers::pi_v<T>;
  const D d;
  for (std::size_t i = 0; i < used; i += hn::Lanes(d)) {
    for (std::size_t p = 0; p < cuts + 2; ++p) {
      const auto plane = make_plane(d, hn::Load(d, axis.a[p] + i));
      hn::Store(plane.k, d, axis.k[p] + i);
      hn::Store(plane.rho, d, axis.rho[p] + i);
      // π/18 - C/4 = π/18 - π (2 - k)/12 = π k/12 - π/9
      hn::Store(hn::Sub(hn::Mul(plane.k, hn::Set(d, kPi / 12)), hn::Set(d, kPi / 9)), d,
                axis.share[p] + i);
      hn::Store(hn::Mul(hn::Sub(hn::Set(d, T{1}), plane.k), hn::Set(d, kPi / 24)), d,
                axis.half_base[p] + i);
    }
    for (std::size_t v = 0; v < cuts + 1; ++v) {
      const auto low = hn::Load(d, axis.sign[v] + i), high = hn::Load(d, axis.sign[v + 1] + i);
      hn::Store(hn::Sub(high, low), d, axis.sign_step[v] + i);
      hn::Store(hn::Sub(hn::Mul(high, hn::Load(d, axis.share[v + 1] + i)),
                        hn::Mul(low, hn::Load(d, axis.share[v] + i))),
                d, axis.share_step[v] + i);
      const auto farther = hn::Max(hn::Load(d, axis.a[v] + i), hn::Load(d, axis.a[v + 1] + i));
      hn::Store(hn::Mul(farther, farther), d, axis.farthest2[v] + i);
    }
  }
}

template <typename T, class D = Lanes<T>>
HWY_INLINE Plane<hn::Vec<D>> load_plane(const Axis<T>& axis, std::size_t plane, std::size_t i) {
  const D d;
  return {hn::Load(d, axis.a[plane] + i), hn::Load(d, axis.k[plane] + i),
          hn::Load(d, axis.rho[plane] + i)};
}

// Computes E/2 = angles + b_1 + b_2 of all pairs of planes that may cut the balls. b = π (1 -
// k)/24, and `angles` is the part with angles, which are taken from π/4 on. The shares of the
// planes and the b of the edges at a vertex add up to a constant, so K is angles_xy + angles_xz +
// angles_yz - π/12 - abc.
template <typename T, class D = Lanes<T>>
HWY_INLINE void find_edges(std::size_t used, Chunk<T>& chunk) {
  const D d;
  const auto atan = [](hn::Vec<D> t) HWY_ATTR {
    if constexpr (std::is_same_v<T, float>)
      return small_atan(D(), t, kFloatAtanSeries);
    else
      return small_atan(D(), t, kAtanSeries);
  };
  for (int pair = 0; pair < 3; ++pair) {
    const auto &rows = chunk.axes[kPairs[pair][0]], &columns = chunk.axes[kPairs[pair][1]];
    for (std::size_t r = 1; r <= chunk.cuts; ++r)
      for (std::size_t c = 1; c <= chunk.cuts; ++c)
        for (std::size_t i = 0; i < used; i += hn::Lanes(d)) {
          const auto a = load_plane(rows, r, i), b = load_plane(columns, c, i);
          const auto meet = hn::Lt(hn::Add(hn::Mul(a.a, a.a), hn::Mul(b.a, b.a)), hn::Set(d, T{1}));
          if (hn::AllFalse(d, meet)) {
            hn::Store(hn::Zero(d), d, chunk.half_edge[pair][r][c] + i);
            continue;
          }
          const auto tangents = edge_tangents(d, a, b);
          const auto atan_0 = atan(tangents.t[0]);
          const auto angles = hn::Mul(hn::Sub(hn::Add(tangents.abg, hn::Add(atan_0, atan_0)),
                                              hn::Add(hn::Mul(a.k, atan(tangents.t[1])),
                                                      hn::Mul(b.k, atan(tangents.t[2])))),
                                      hn::Set(d, T{1} / 3));
          const auto base =
              hn::Add(hn::Load(d, rows.half_base[r] + i), hn::Load(d, columns.half_base[c] + i));
          hn::Store(angles, d, chunk.angles[pair][r][c] + i);
          hn::Store(hn::IfThenElseZero(meet, hn::Max(hn::Add(angles, base), hn::Zero(d))), d,
                    chunk.half_edge[pair][r][c] + i);
        }
  }
}

// Computes the differences of s (E/2) of two axes, and of the share of one of them.
template <typename T, class D = Lanes<T>>
HWY_INLINE void find_slabs(std::size_t used, Chunk<T>& chunk) {
  const D d;
  for (int pair = 0; pair < 3; ++pair) {
    const auto &rows = chunk.axes[kPairs[pair][0]], &columns = chunk.axes[kPairs[pair][1]];
    // xy has the share of x, xz the share of z, yz the share of y.
    const bool is_of_rows = pair != 1;
    const auto &shares = is_of_rows ? rows : columns, &signs = is_of_rows ? columns : rows;
    for (std::size_t r = 0; r <= chunk.cuts; ++r)
      for (std::size_t c = 0; c <= chunk.cuts; ++c)
        for (std::size_t i = 0; i < used; i += hn::Lanes(d)) {
          const auto along_columns = [&](std::size_t row) HWY_ATTR {
            const auto* half_edge = chunk.half_edge[pair][row];
            const auto low =
                hn::Mul(hn::Load(d, columns.sign[c] + i), hn::Load(d, half_edge[c] + i));
            const auto high =
                hn::Mul(hn::Load(d, columns.sign[c + 1] + i), hn::Load(d, half_edge[c + 1] + i));
            return hn::Mul(hn::Sub(high, low), hn::Load(d, rows.sign[row] + i));
          };
          const auto edges = hn::Sub(along_columns(r + 1), along_columns(r));
          const auto share = hn::Mul(hn::Load(d, shares.share_step[is_of_rows ? r : c] + i),
                                     hn::Load(d, signs.sign_step[is_of_rows ? c : r] + i));
          hn::Store(hn::Add(edges, share), d, chunk.slab[pair][r][c] + i);
        }
  }
}

// Computes s K at the vertices in plane p of x.
template <typename T, class D = Lanes<T>>
HWY_INLINE void find_corners(std::size_t used, std::size_t p, const Chunk<T>& chunk,
                             Numbers<T> (*corner)[kMostPlanes]) {
  const D d;
  const auto &x = chunk.axes[0], &y = chunk.axes[1], &z = chunk.axes[2];
  for (std::size_t q = 1; q <= chunk.cuts; ++q)
    for (std::size_t i = 0; i < used; i += hn::Lanes(d)) {
      const auto a = hn::Load(d, x.a[p] + i), b = hn::Load(d, y.a[q] + i);
      const auto rr = hn::Add(hn::Mul(a, a), hn::Mul(b, b));
      const auto ab = hn::Mul(a, b);
      const auto sign = hn::Mul(hn::Load(d, x.sign[p] + i), hn::Load(d, y.sign[q] + i));
      const auto angles =
          hn::Sub(hn::Load(d, chunk.angles[0][p][q] + i), hn::Set(d, std::numbers::pi_v<T> / 12));
      for (std::size_t r = 1; r <= chunk.cuts; ++r) {
        const auto c = hn::Load(d, z.a[r] + i);
        const auto others =
            hn::Add(hn::Load(d, chunk.angles[1][p][r] + i), hn::Load(d, chunk.angles[2][q][r] + i));
        const auto k = hn::Max(hn::Sub(hn::Add(angles, others), hn::Mul(ab, c)), hn::Zero(d));
        const auto inside = hn::Lt(hn::Add(rr, hn::Mul(c, c)), hn::Set(d, T{1}));
        const auto signed_k = hn::Mul(hn::Mul(sign, hn::Load(d, z.sign[r] + i)), k);
        hn::Store(hn::IfThenElseZero(inside, signed_k), d, corner[q][r] + i);
      }
    }
}

// Computes the voxels between planes v and v + 1 of x.
template <typename T, class D = Lanes<T>>
HWY_INLINE void find_voxels(std::size_t used, std::size_t v, Chunk<T>& chunk) {
  const D d;
  const auto &x = chunk.axes[0], &y = chunk.axes[1], &z = chunk.axes[2];
  const auto zero = hn::Zero(d), one = hn::Set(d, T{1});
  for (std::size_t w = 0; w <= chunk.cuts; ++w)
    for (std::size_t i = 0; i < used; i += hn::Lanes(d)) {
      const auto x_step = hn::Load(d, x.sign_step[v] + i), y_step = hn::Load(d, y.sign_step[w] + i);
      const auto xy = hn::Load(d, chunk.slab[0][v][w] + i);
      const auto farthest2 =
          hn::Add(hn::Load(d, x.farthest2[v] + i), hn::Load(d, y.farthest2[w] + i));
      const auto scale = hn::Load(d, chunk.scale + i), full = hn::Load(d, chunk.full + i);
      auto below = zero;
      const auto voxel = [&](std::size_t k) HWY_ATTR {
        const auto above = hn::Sub(hn::Load(d, chunk.step[w + 1][k + 1] + i),
                                   hn::Load(d, chunk.step[w][k + 1] + i));
        const auto slabs = hn::Add(hn::Add(hn::Mul(hn::Load(d, z.sign_step[k] + i), xy),
                                           hn::Mul(y_step, hn::Load(d, chunk.slab[1][v][k] + i))),
                                   hn::Mul(x_step, hn::Load(d, chunk.slab[2][w][k] + i)));
        const auto volume = hn::Max(hn::Sub(slabs, hn::Sub(above, below)), zero);
        below = above;
        const auto is_inside = hn::Lt(hn::Add(farthest2, hn::Load(d, z.farthest2[k] + i)), one);
        return hn::IfThenElse(is_inside, full, hn::Min(hn::Mul(volume, scale), full));
      };
      for (std::size_t piece = 0; kPiece * piece <= chunk.cuts; ++piece) {
        hn::Vec<D> four[kPiece] = {zero, zero, zero, zero};
        for (std::size_t k = 0; k < kPiece && kPiece * piece + k <= chunk.cuts; ++k)
          four[k] = voxel(kPiece * piece + k);
        hn::StoreInterleaved4(four[0], four[1], four[2], four[3], d,
                              chunk.row[v][w][piece] + kPiece * i);
      }
    }
}

template <typename T, class D = Lanes<T>>
HWY_INLINE void find_all_voxels(std::size_t used, Chunk<T>& chunk) {
  const D d;
  for (std::size_t v = 0; v <= chunk.cuts; ++v) {
    const auto *before = chunk.corner[v % 2], *now = chunk.corner[(v + 1) % 2];
    if (v < chunk.cuts) find_corners(used, v + 1, chunk, chunk.corner[(v + 1) % 2]);
    for (std::size_t q = 1; q <= chunk.cuts; ++q)
      for (std::size_t r = 1; r <= chunk.cuts; ++r)
        for (std::size_t i = 0; i < used; i += hn::Lanes(d)) {
          const auto k = v < chunk.cuts ? hn::Load(d, now[q][r] + i) : hn::Zero(d);
          hn::Store(v > 0 ? hn::Sub(k, hn::Load(d, before[q][r] + i)) : k, d, chunk.step[q][r] + i);
        }
    find_voxels(used, v, chunk);
  }
}

template <bool kMax, typename T>
HWY_INLINE void put_piece(float* HWY_RESTRICT voxels, const T* HWY_RESTRICT values) {
  const hn::CappedTag<T, kPiece> d;
  const hn::Rebind<float, decltype(d)> df;
  for (std::size_t i = 0; i < kPiece; i += hn::Lanes(d)) {
    const auto old = hn::LoadU(df, voxels + i);
    auto value = old;
    if constexpr (std::is_same_v<T, float>)
      value = hn::LoadU(d, values + i);
    else
      value = hn::DemoteTo(df, hn::LoadU(d, values + i));
    hn::StoreU(kMax ? hn::Max(value, old) : hn::Add(old, value), df, voxels + i);
  }
}

// Adds the voxels of atom i of the chunk that are in the image to the channels of `mask`.
template <bool kMax, typename T>
HWY_INLINE void scatter(const kernels::Canvas& canvas, const kernels::View& view,
                        const Chunk<T>& chunk, std::size_t i, std::uint32_t mask,
                        Footprint& footprint) {
  const std::ptrdiff_t length = view.length_voxels;
  std::ptrdiff_t low[3], from[3], to[3];
  for (int axis = 0; axis < 3; ++axis) {
    low[axis] = chunk.axes[axis].low[i];
    from[axis] = std::max<std::ptrdiff_t>(-low[axis], 0);
    to[axis] = std::min<std::ptrdiff_t>(chunk.axes[axis].count[i], length - low[axis]);
    if (from[axis] >= to[axis]) {  // only by a rounding error
      footprint = {0, mask, {1, 1, 1}};
      return;
    }
  }
  const std::ptrdiff_t first = (low[0] * length + low[1]) * length + low[2];
  footprint = {
      static_cast<std::uint32_t>(first + (from[0] * length + from[1]) * length + from[2]),
      mask,
      {static_cast<std::uint16_t>(to[0] - from[0]), static_cast<std::uint16_t>(to[1] - from[1]),
       static_cast<std::uint16_t>(to[2] - from[2])}};
  // Pieces have zeros beyond the ball, which may be added to any voxels that follow in memory.
  constexpr auto kRow = static_cast<std::ptrdiff_t>(kPiece * kMostPieces);
  const bool in_pieces = from[2] == 0 && to[2] == chunk.axes[2].count[i] &&
                         first + ((to[0] - 1) * length + to[1] - 1) * length + kRow <=
                             static_cast<std::ptrdiff_t>(canvas.channel_stride);
  const auto begin = static_cast<std::size_t>(from[2]), end = static_cast<std::size_t>(to[2]);
  for (std::uint32_t rest = mask; rest != 0; rest &= rest - 1) {
    float* channel =
        canvas.image + canvas.channel_stride * static_cast<unsigned>(std::countr_zero(rest));
    for (std::ptrdiff_t v = from[0]; v < to[0]; ++v)
      for (std::ptrdiff_t w = from[1]; w < to[1]; ++w) {
        float* voxels = channel + first + (v * length + w) * length;
        const auto& row = chunk.row[v][w];
        if (in_pieces) {
          for (std::size_t piece = 0; kPiece * piece < end; ++piece)
            put_piece<kMax>(voxels + kPiece * piece, row[piece] + kPiece * i);
          continue;
        }
        for (std::size_t k = begin; k < end; ++k) {
          const auto value = static_cast<float>(row[k / kPiece][kPiece * i + k % kPiece]);
          voxels[k] = kMax ? std::max(voxels[k], value) : voxels[k] + value;
        }
      }
  }
}

template <bool kMax, typename T>
void draw(const kernels::View& view, const kernels::Canvas& canvas, const kernels::Block& block,
          std::size_t first, std::size_t end, Footprint* footprints) {
  const double largest = *std::max_element(block.rho + first, block.rho + end);
  Chunk<T> chunk(static_cast<std::size_t>(std::max(std::ceil(2 * largest), 1.0)));
  // Numbers for lanes without an atom.
  double q_A[3][kAtoms<T>] = {}, rho[kAtoms<T>];
  std::fill_n(rho, kAtoms<T>, 1.0);
  for (; first < end; first += kAtoms<T>) {
    const std::size_t count = std::min(kAtoms<T>, end - first);
    std::copy_n(block.x_A + first, count, q_A[0]);
    std::copy_n(block.y_A + first, count, q_A[1]);
    std::copy_n(block.z_A + first, count, q_A[2]);
    std::copy_n(block.rho + first, count, rho);
    for (std::size_t i = 0; i < count; ++i) {
      const double full = std::min(1 / (rho[i] * rho[i] * rho[i]), 4 * std::numbers::pi / 3);
      chunk.scale[i] = static_cast<T>(block.scale[first + i]);
      chunk.full[i] = static_cast<T>(block.scale[first + i] * full);
    }
    const std::size_t lanes = hn::Lanes(Lanes<T>()), used = (count + lanes - 1) / lanes * lanes;
    for (int axis = 0; axis < 3; ++axis) {
      place_planes(view, q_A[axis], rho, used, chunk.cuts, chunk.axes[axis]);
      complete_planes(used, chunk.cuts, chunk.axes[axis]);
    }
    find_edges(used, chunk);
    find_slabs(used, chunk);
    find_all_voxels(used, chunk);
    for (std::size_t i = 0; i < count; ++i)
      scatter<kMax>(canvas, view, chunk, i, block.channels[first + i], footprints[i]);
    footprints += count;
  }
}

}  // namespace

void DrawMediumBalls(const kernels::View& view, const kernels::Canvas& canvas,
                     const kernels::Block& block, std::size_t first, std::size_t end, bool floats,
                     Footprint* footprints) {
  if (floats && canvas.max)
    draw<true, float>(view, canvas, block, first, end, footprints);
  else if (floats)
    draw<false, float>(view, canvas, block, first, end, footprints);
  else if (canvas.max)
    draw<true, double>(view, canvas, block, first, end, footprints);
  else
    draw<false, double>(view, canvas, block, first, end, footprints);
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mmgym {
HWY_EXPORT(DrawMediumBalls);

namespace kernels {

void draw_medium_balls(const View& view, const Canvas& canvas, const Block& block,
                       std::size_t first, std::size_t end, bool floats, Footprint* footprints) {
  HWY_DYNAMIC_DISPATCH(DrawMediumBalls)(view, canvas, block, first, end, floats, footprints);
}

}  // namespace kernels
}  // namespace mmgym
#endif
