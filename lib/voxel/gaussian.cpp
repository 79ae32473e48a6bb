// Gaussians: exp(-2 d²) is a product of factors of each axis, so only a square root and a
// polynomial are computed for each voxel.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "voxel/gaussian.cpp"
#include <hwy/foreach_target.h>
// The order matters: foreach_target.h compiles the rest of this file once per target.
#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "voxel/image_params.h"
#include "voxel/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
namespace {

// At 1 Å, an atom of 1 Å reaches three voxels along an axis. Vectors of more would be half empty.
constexpr std::size_t kShort = 4;
constexpr std::size_t kLong = 8;

// Atoms of smaller radii, in voxels, reach at most kShort voxels along an axis.
constexpr double kShortRho = 1.33;
static_assert(2 * kGaussianReach * kShortRho < kShort);

// The most atoms that are placed before any is drawn: enough that these computations overlap.
constexpr std::size_t kAtoms = 16;

constexpr float kReach2 = static_cast<float>(kGaussianReach * kGaussianReach);

// The voxels of atoms along an axis whose centers may be in reach.
struct Ranges {
  double first[kAtoms], count[kAtoms];
  double start[kAtoms];  // from the atom's center to the first voxel's, in voxels
};

// The distances of an atom from these voxels: at most kRoom along each axis.
template <std::size_t kRoom>
struct Distances {
  // Squares of distances along the axis, in radii; at most kReach2, also beyond the last voxel.
  float square[3][kRoom];
  float factor[3][kRoom];  // exp(-2 square), for squares of at most 1
};

// Returns exp(-2 t) for 0 <= t <= 1: Taylor's series at t/4, to the 8th power.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V exp_minus_2(D d, V t) {
  constexpr double kSeries[] = {-1.0 / 5040, 1.0 / 720, -1.0 / 120, 1.0 / 24, -1.0 / 6, 0.5, -1, 1};
  const V x = hn::Mul(t, hn::Set(d, 0.25));
  V sum = hn::Set(d, kSeries[0]);
  for (std::size_t i = 1; i < std::size(kSeries); ++i)
    sum = hn::Add(hn::Mul(sum, x), hn::Set(d, kSeries[i]));
  for (int i = 0; i < 3; ++i) sum = hn::Mul(sum, sum);
  return sum;
}

HWY_INLINE void find_ranges(const kernels::View& view, const double* q_A, const double* rhos,
                            Ranges& ranges) {
  const hn::CappedTag<double, kernels::kMaxLanes> d;
  const auto half = hn::Set(d, 0.5), one = hn::Set(d, 1.0), zero = hn::Zero(d);
  const auto length = hn::Set(d, static_cast<double>(view.length_voxels));
  for (std::size_t i = 0; i < kAtoms; i += hn::Lanes(d)) {
    const auto u = hn::Sub(hn::Mul(hn::Add(hn::LoadU(d, q_A + i), hn::Set(d, view.half_edge_A)),
                                   hn::Set(d, 1 / view.resolution_A)),
                           half);
    const auto reach = hn::Mul(hn::LoadU(d, rhos + i), hn::Set(d, kGaussianReach));
    const auto first = hn::Min(hn::Max(hn::Ceil(hn::Sub(u, reach)), zero), length);
    const auto end = hn::Min(hn::Add(hn::Floor(hn::Add(u, reach)), one), length);
    hn::StoreU(first, d, ranges.first + i);
    hn::StoreU(hn::Max(hn::Sub(end, first), zero), d, ranges.count + i);
    hn::StoreU(hn::Sub(first, u), d, ranges.start + i);
  }
}

template <std::size_t kRoom>
HWY_INLINE void find_distances(const Ranges (&ranges)[3], std::size_t atom, double rho,
                               Distances<kRoom>& distances) {
  const hn::CappedTag<double, kShort> d;
  const hn::Rebind<float, decltype(d)> df;
  const auto per_radius = hn::Set(d, 1 / rho), out_of_reach = hn::Set(d, double{kReach2});
  for (int axis = 0; axis < 3; ++axis) {
    const double count = ranges[axis].count[atom];
    const auto start = hn::Set(d, ranges[axis].start[atom]), end = hn::Set(d, count);
    const std::size_t room =
        kRoom == kShort ? kShort : static_cast<std::size_t>(count) / kLong * kLong + kLong;
    for (std::size_t i = 0; i < room; i += hn::Lanes(d)) {
      const auto voxel = hn::Iota(d, static_cast<double>(i));
      const auto offset = hn::Mul(hn::Add(voxel, start), per_radius);
      const auto square = hn::IfThenElse(hn::Lt(voxel, end), hn::Mul(offset, offset), out_of_reach);
      const auto factor = exp_minus_2(d, hn::Min(square, hn::Set(d, 1.0)));
      hn::StoreU(hn::DemoteTo(df, hn::Min(square, out_of_reach)), df, distances.square[axis] + i);
      hn::StoreU(hn::DemoteTo(df, factor), df, distances.factor[axis] + i);
    }
  }
}

template <bool kMax, class D>
HWY_INLINE void put(D d, const kernels::Canvas& canvas, std::uint32_t channels, std::size_t at,
                    hn::Vec<D> values) {
  for (; channels != 0; channels &= channels - 1) {
    float* voxels = canvas.image + at +
                    canvas.channel_stride * static_cast<unsigned>(std::countr_zero(channels));
    const auto old = hn::LoadU(d, voxels);
    hn::StoreU(kMax ? hn::Max(values, old) : hn::Add(old, values), d, voxels);
  }
}

// Draws an atom of a block and sets its footprint.
template <bool kMax, std::size_t kRoom>
HWY_INLINE void draw_voxels(const kernels::View& view, const kernels::Canvas& canvas,
                            const Ranges (&ranges)[3], std::size_t atom,
                            const Distances<kRoom>& distances, double occupancy,
                            std::uint32_t channels, Footprint& footprint) {
  const auto length = static_cast<std::size_t>(view.length_voxels);
  std::size_t place = 0, count[3];
  for (int axis = 0; axis < 3; ++axis) {
    place = place * length + static_cast<std::size_t>(ranges[axis].first[atom]);
    count[axis] = static_cast<std::size_t>(ranges[axis].count[atom]);
    footprint.length[axis] = static_cast<std::uint16_t>(count[axis]);
  }
  footprint.first = static_cast<std::uint32_t>(place);
  const hn::CappedTag<float, kRoom == kShort ? kShort : kLong> d;
  const auto scale = hn::Set(d, static_cast<float>(occupancy));
  const auto one = hn::Set(d, 1.0F), two = hn::Set(d, 2.0F), three = hn::Set(d, 3.0F);
  const auto exp_minus_two = hn::Set(d, 0.1353352832366127F);
  auto highest = hn::Zero(d);
  for (std::size_t i = 0; i < count[0]; ++i)
    for (std::size_t j = 0; j < count[1]; ++j) {
      const auto square_xy = hn::Set(d, distances.square[0][i] + distances.square[1][j]);
      const auto factor_xy = hn::Set(d, distances.factor[0][i] * distances.factor[1][j]);
      const std::size_t row = place + (i * length + j) * length;
      for (std::size_t k = 0; k < count[2]; k += hn::Lanes(d)) {
        const auto square = hn::Add(square_xy, hn::LoadU(d, distances.square[2] + k));
        // 4 d² - 12 d + 9 = (3 - 2 d)²
        const auto tail = hn::Max(hn::Sub(three, hn::Mul(two, hn::Sqrt(square))), hn::Zero(d));
        const auto value = hn::IfThenElse(hn::Le(square, one),
                                          hn::Mul(factor_xy, hn::LoadU(d, distances.factor[2] + k)),
                                          hn::Mul(hn::Mul(tail, tail), exp_minus_two));
        highest = hn::Max(highest, value);
        const auto values = hn::Mul(value, scale);
        // Zeros beyond the last voxel may be added to any voxels that follow in memory.
        if (row + k + hn::Lanes(d) <= canvas.channel_stride) {
          put<kMax>(d, canvas, channels, row + k, values);
          continue;
        }
        hn::StoreU(values, d, canvas.row);
        add_row(canvas, channels, row + k, canvas.row, count[2] - k);
      }
    }
  footprint.channels = hn::GetLane(hn::MaxOfLanes(d, highest)) > 0 ? channels : 0;
}

// Draws atoms that reach at most kRoom voxels along an axis, kTogether at a time.
template <bool kMax, std::size_t kRoom, std::size_t kTogether>
void draw(const kernels::View& view, const kernels::Canvas& canvas, const kernels::Block& block,
          std::size_t first, std::size_t end, Footprint* footprints) {
  Ranges ranges[3];
  Distances<kRoom> distances[kTogether];
  for (; first < end; first += kTogether) {
    const std::size_t count = std::min(kTogether, end - first);
    // Vectors read numbers beyond the last atom.
    const double* q_A[3] = {block.x_A + first, block.y_A + first, block.z_A + first};
    for (int axis = 0; axis < 3; ++axis)
      find_ranges(view, q_A[axis], block.rho + first, ranges[axis]);
    for (std::size_t i = 0; i < count; ++i)
      find_distances(ranges, i, block.rho[first + i], distances[i]);
    for (std::size_t i = 0; i < count; ++i)
      draw_voxels<kMax>(view, canvas, ranges, i, distances[i], block.scale[first + i],
                        block.channels[first + i], footprints[first + i]);
  }
}

template <bool kMax>
void draw_block(const kernels::View& view, const kernels::Canvas& canvas,
                const kernels::Block& block, Footprint* footprints) {
  for (std::size_t first = 0, end = 0; first < block.count; first = end) {
    const bool is_short = block.rho[first] <= kShortRho;
    while (end < block.count && (block.rho[end] <= kShortRho) == is_short) ++end;
    if (is_short)
      draw<kMax, kShort, kAtoms>(view, canvas, block, first, end, footprints);
    else
      draw<kMax, Grid::kMaxLength + kLong, 1>(view, canvas, block, first, end, footprints);
  }
}

}  // namespace

void DrawGaussians(const kernels::View& view, const kernels::Canvas& canvas,
                   const kernels::Block& block, Footprint* footprints) {
  if (canvas.max)
    draw_block<true>(view, canvas, block, footprints);
  else
    draw_block<false>(view, canvas, block, footprints);
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mmgym {
HWY_EXPORT(DrawGaussians);

namespace kernels {

void draw_gaussians(const View& view, const Canvas& canvas, const Block& block,
                    Footprint* footprints) {
  HWY_DYNAMIC_DISPATCH(DrawGaussians)(view, canvas, block, footprints);
}

}  // namespace kernels
}  // namespace mmgym
#endif
