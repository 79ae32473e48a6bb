// Which atoms reach the image. One lane is one atom, or a run of atoms.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "voxel/cull.cpp"
#include <hwy/foreach_target.h>
// The order matters: foreach_target.h compiles the rest of this file once per target.
#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "voxel/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
namespace {

using Lanes = hn::CappedTag<double, kernels::kMaxLanes>;
using V = hn::Vec<Lanes>;

// Returns the squared distance of a coordinate from the interval [-half, half]. NaN stays NaN,
// which Max does not guarantee.
HWY_INLINE V outside_squared(Lanes d, V q, V half) {
  const V beyond = hn::Sub(hn::Abs(q), half);
  const V e = hn::IfThenZeroElse(hn::Lt(beyond, hn::Zero(d)), beyond);
  return hn::Mul(e, e);
}

// Points in the coordinates of the image, and their squared distances from its cube.
struct Placed {
  V x, y, z;
  V distance2;
};

HWY_INLINE Placed place_points(Lanes d, const kernels::View& view, V x, V y, V z) {
  const V half = hn::Set(d, view.half_edge_A);
  const double* m = view.rotation;
  const auto row = [&](std::size_t i) HWY_ATTR {
    const V xy = hn::Add(hn::Mul(hn::Set(d, m[3 * i]), x), hn::Mul(hn::Set(d, m[3 * i + 1]), y));
    const V xyz = hn::Add(xy, hn::Mul(hn::Set(d, m[3 * i + 2]), z));
    return hn::Add(xyz, hn::Set(d, view.translation[i]));
  };
  const V qx = row(0), qy = row(1), qz = row(2);
  const V distance2 = hn::Add(hn::Add(outside_squared(d, qx, half), outside_squared(d, qy, half)),
                              outside_squared(d, qz, half));
  return {qx, qy, qz, distance2};
}

// For each set of lanes, their numbers in four bits each. With Highway's Compress for doubles, each
// call would copy such a table.
constexpr auto kPacked = [] {
  std::array<std::uint32_t, 256> packed{};
  for (unsigned set = 0; set < packed.size(); ++set) {
    unsigned place = 0;
    for (unsigned lane = 0; lane < 8; ++lane)
      if ((set >> lane & 1) != 0) packed[set] |= lane << 4 * place++;
  }
  return packed;
}();

// Atoms to keep: those within `reach` that have a channel of the image.
struct Wanted {
  const kernels::View& view;
  kernels::Reach reach;
  std::uint32_t channels;
};

// Appends the wanted atoms of a vector to the block at `count`, and returns the new count. The
// vector begins at `i`, which is atom `index` of the group.
HWY_INLINE std::size_t keep_wanted(Lanes d, const Wanted& wanted, const AtomsView& atoms,
                                   std::size_t i, std::uint32_t group, std::size_t index,
                                   kernels::Block& block, std::size_t count) {
  const hn::Rebind<float, Lanes> df;
  const hn::RebindToUnsigned<Lanes> du;
  const hn::Rebind<std::uint32_t, Lanes> du32;
  const Placed at = place_points(d, wanted.view, hn::LoadU(d, atoms.x_A + i),
                                 hn::LoadU(d, atoms.y_A + i), hn::LoadU(d, atoms.z_A + i));
  // `<` is false for NaN. It is false for atoms at infinity, because a reach is finite.
  V far = hn::Set(d, wanted.reach.uniform_A);
  auto is_wanted = hn::Lt(at.distance2, hn::Mul(far, far));
  if (atoms.radius_A != nullptr) {
    const V radius = hn::PromoteTo(d, hn::LoadU(df, atoms.radius_A + i));
    far = hn::Mul(radius, hn::Set(d, wanted.reach.factor));
    is_wanted = hn::And(hn::Lt(at.distance2, hn::Mul(far, far)),
                        hn::And(hn::Gt(radius, hn::Zero(d)),
                                hn::Le(radius, hn::Set(d, std::numeric_limits<float>::max()))));
  }
  const auto channels =
      hn::And(hn::LoadU(du32, atoms.channels + i), hn::Set(du32, wanted.channels));
  const auto has_channel = hn::Ne(hn::PromoteTo(du, channels), hn::Zero(du));
  std::uint8_t bits[8] = {};  // StoreMaskBits may write 8 bytes
  hn::StoreMaskBits(d, hn::And(is_wanted, hn::RebindMask(d, has_channel)), bits);
  if (bits[0] == 0) return count;
  // Stores whole vectors: the next atoms overwrite the lanes of those that are not wanted.
  const auto shifts = hn::ShiftLeft<2>(hn::Iota(du32, 0));
  const auto lane = hn::And(hn::Shr(hn::Set(du32, kPacked[bits[0]]), shifts), hn::Set(du32, 7));
  const auto order = hn::IndicesFromVec(d, hn::PromoteTo(du, lane));
  hn::StoreU(hn::TableLookupLanes(at.x, order), d, block.x_A + count);
  hn::StoreU(hn::TableLookupLanes(at.y, order), d, block.y_A + count);
  hn::StoreU(hn::TableLookupLanes(at.z, order), d, block.z_A + count);
  const auto occupancy = hn::LoadU(df, atoms.occupancy + i);
  hn::StoreU(hn::TableLookupLanes(occupancy, hn::IndicesFromVec(df, lane)), df,
             block.occupancy + count);
  hn::StoreU(hn::TableLookupLanes(channels, hn::IndicesFromVec(du32, lane)), du32,
             block.channels + count);
  hn::StoreU(hn::Set(du32, group), du32, block.group + count);
  const auto indices = hn::Add(hn::PromoteTo(du, lane), hn::Set(du, index));
  const hn::RebindToSigned<Lanes> di;
  hn::StoreU(hn::BitCast(di, indices), di, block.index + count);
  return count + static_cast<std::size_t>(std::popcount(bits[0]));
}

}  // namespace

std::size_t FindRuns(const kernels::View& view, const AtomsView& atoms, std::uint32_t group,
                     const kernels::Reach& reach, kernels::Run* runs) {
  const Lanes d;
  const std::size_t n = hn::Lanes(d);
  const std::size_t all = (atoms.count + AtomRuns::kLength - 1) / AtomRuns::kLength;
  // Spheres do not include the radii of atoms.
  if (atoms.runs == nullptr || atoms.radius_A != nullptr) {
    for (std::size_t run = 0; run < all; ++run)
      runs[run] = {group, static_cast<std::uint32_t>(run)};
    return all;
  }
  const hn::Rebind<float, Lanes> df;
  const auto load = [&](const float* values)
                        HWY_ATTR { return hn::PromoteTo(d, hn::LoadU(df, values)); };
  std::size_t count = 0;
  for (std::size_t first = 0; first < all; first += n) {
    const Placed at =
        place_points(d, view, load(atoms.runs->center_A(0) + first),
                     load(atoms.runs->center_A(1) + first), load(atoms.runs->center_A(2) + first));
    const V far = hn::Add(load(atoms.runs->radius_A() + first), hn::Set(d, reach.uniform_A));
    std::uint8_t bits[8] = {};  // StoreMaskBits may write 8 bytes
    hn::StoreMaskBits(d, hn::Lt(at.distance2, hn::Mul(far, far)), bits);
    for (unsigned rest = bits[0]; rest != 0; rest &= rest - 1) {
      const std::size_t run = first + static_cast<std::size_t>(std::countr_zero(rest));
      if (run >= all) break;
      runs[count++] = {group, static_cast<std::uint32_t>(run)};
      // Tiles are larger than the cache, and the next run is seldom the next line.
      const std::size_t atom = run * AtomRuns::kLength;
      for (const double* axis : {atoms.x_A, atoms.y_A, atoms.z_A}) {
        hwy::Prefetch(axis + atom);
        hwy::Prefetch(axis + atom + 8);
      }
      hwy::Prefetch(atoms.occupancy + atom);
      hwy::Prefetch(atoms.channels + atom);
    }
  }
  return count;
}

void Cull(const kernels::View& view, const AtomsView* groups, const kernels::Run* runs,
          std::size_t run_count, const kernels::Reach& reach, std::uint32_t channels,
          kernels::Block& block) {
  const Lanes d;
  const std::size_t n = hn::Lanes(d);
  const Wanted wanted{view, reach, channels};
  std::size_t count = block.count;
  for (const kernels::Run* run = runs; run != runs + run_count; ++run) {
    const AtomsView& atoms = groups[run->group];
    std::size_t i = run->number * AtomRuns::kLength;
    const std::size_t end = std::min(atoms.count, i + AtomRuns::kLength);
    for (; i + n <= end; i += n)
      count = keep_wanted(d, wanted, atoms, i, run->group, i, block, count);
    if (i >= end) continue;
    // Less than a vector, in arrays that have room for one. Atoms beyond the last have no channel.
    double xyz[3][kernels::kMaxLanes] = {};
    float radii[kernels::kMaxLanes] = {}, occupancies[kernels::kMaxLanes] = {};
    std::uint32_t channels_of[kernels::kMaxLanes] = {};
    std::copy(atoms.x_A + i, atoms.x_A + end, xyz[0]);
    std::copy(atoms.y_A + i, atoms.y_A + end, xyz[1]);
    std::copy(atoms.z_A + i, atoms.z_A + end, xyz[2]);
    std::copy(atoms.occupancy + i, atoms.occupancy + end, occupancies);
    std::copy(atoms.channels + i, atoms.channels + end, channels_of);
    if (atoms.radius_A != nullptr) std::copy(atoms.radius_A + i, atoms.radius_A + end, radii);
    const AtomsView few{end - i,
                        xyz[0],
                        xyz[1],
                        xyz[2],
                        occupancies,
                        channels_of,
                        atoms.radius_A != nullptr ? radii : nullptr};
    count = keep_wanted(d, wanted, few, 0, run->group, i, block, count);
  }
  block.count = count;
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mmgym {
HWY_EXPORT(FindRuns);
HWY_EXPORT(Cull);

namespace kernels {

std::size_t find_runs(const View& view, const AtomsView& atoms, std::uint32_t group,
                      const Reach& reach, Run* runs) {
  return HWY_DYNAMIC_DISPATCH(FindRuns)(view, atoms, group, reach, runs);
}

void cull(const View& view, const AtomsView* groups, const Run* runs, std::size_t count,
          const Reach& reach, std::uint32_t channels, Block& block) {
  HWY_DYNAMIC_DISPATCH(Cull)(view, groups, runs, count, reach, channels, block);
}

}  // namespace kernels
}  // namespace mmgym
#endif
