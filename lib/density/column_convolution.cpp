// A density map spends most of its time here. This file is compiled for every vector width; the
// widest that the machine supports is chosen at run time. Products and sums are rounded separately
// and in the same order, so the result is the same for every width.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "density/column_convolution.cpp"
#include "density/column_convolution.h"

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kEdge = ColumnConvolution::kEdge;
/// Two vectors are summed at a time, because a sum waits for each of its terms.
using Tag = hn::CappedTag<double, kEdge / 2>;

/// Convolves a row with all profiles and adds the results to the planes. `middle` is the first
/// voxel of the layer; the row extends on both sides. `planes` is where row y = 0 would begin.
void AddRow(ColumnConvolution& column, const double* middle, double* planes) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  double* const pairs = column.pair_sums();
  double* const inner = column.inner_sums();
  const ColumnConvolution::Term* const terms = column.terms().data();
  for (std::size_t z = 0; z < kEdge; z += 2 * lanes) {
    const double* const in = middle + z;
    auto all_0 = hn::LoadU(d, in);
    auto all_1 = hn::LoadU(d, in + lanes);
    hn::Store(all_0, d, inner);
    hn::Store(all_1, d, inner + lanes);
    for (std::size_t k = 1; k <= column.reach(); ++k) {
      const auto pair_0 = hn::Add(hn::LoadU(d, in - k), hn::LoadU(d, in + k));
      const auto pair_1 = hn::Add(hn::LoadU(d, in + lanes - k), hn::LoadU(d, in + lanes + k));
      all_0 = hn::Add(all_0, pair_0);
      all_1 = hn::Add(all_1, pair_1);
      hn::Store(pair_0, d, pairs + k * kEdge);
      hn::Store(pair_1, d, pairs + k * kEdge + lanes);
      hn::Store(all_0, d, inner + k * kEdge);
      hn::Store(all_1, d, inner + k * kEdge + lanes);
    }
    std::size_t term = 0;
    for (const auto& profile : column.profiles()) {
      const auto weight = hn::Set(d, profile.weight);
      const double* const same = inner + profile.same * kEdge;
      auto sum_0 = hn::Mul(weight, hn::Load(d, same));
      auto sum_1 = hn::Mul(weight, hn::Load(d, same + lanes));
      for (; term < profile.terms_end; ++term) {
        const auto rest = hn::Set(d, terms[term].weight);
        const double* const pair = pairs + terms[term].distance * kEdge;
        sum_0 = hn::Add(sum_0, hn::Mul(rest, hn::Load(d, pair)));
        sum_1 = hn::Add(sum_1, hn::Mul(rest, hn::Load(d, pair + lanes)));
      }
      for (const std::size_t target : profile.targets) {
        double* const to = planes + target + z;
        hn::Store(hn::Add(hn::Load(d, to), sum_0), d, to);
        hn::Store(hn::Add(hn::Load(d, to + lanes), sum_1), d, to + lanes);
      }
    }
  }
}

/// Adds numbers to others. Both are aligned, and `count` is a multiple of 16.
void AddNumbers(const double* from, std::size_t count, double scale, double* to) {
  const Tag d;
  const auto factor = hn::Set(d, scale);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d))
    hn::Store(hn::Add(hn::Load(d, to + i), hn::Mul(factor, hn::Load(d, from + i))), d, to + i);
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <algorithm>

namespace mmgym {

HWY_EXPORT(AddRow);
HWY_EXPORT(AddNumbers);

ColumnConvolution::ColumnConvolution(const KernelProfiles& kernel)
    : reach_(kernel.reach),
      row_stride_(static_cast<std::size_t>(kEdge + 2 * reach_)),
      rows_(row_place(kEdge) * row_stride_),
      sums_(hwy::AllocateAligned<double>(2 * row_place(reach_ + 1))),
      planes_(hwy::AllocateAligned<double>((reach() + 1) * plane_size())) {
  for (const auto& profile : kernel.profiles) {
    for (const auto& term : profile.rest)
      terms_.push_back({term.weight, static_cast<std::size_t>(term.distance)});
    auto& added = profiles_.emplace_back(
        Profile{profile.weight, static_cast<std::size_t>(profile.same), terms_.size(), {}});
    const auto add_target = [&](int x, int y) {
      added.targets.push_back(x * plane_size() + row_place(reach_ + y));
    };
    const auto add_targets = [&](int x, int y) {
      add_target(x, y);
      if (y > 0) add_target(x, -y);
    };
    add_targets(profile.near, profile.far);
    if (profile.near != profile.far) add_targets(profile.far, profile.near);
  }
  std::fill_n(planes(), (reach() + 1) * plane_size(), 0.0);
}

void ColumnConvolution::clear() {
  for (std::size_t row = 0; row < filled_.size(); ++row)
    if (filled_[row]) std::fill_n(&rows_[row * row_stride_], row_stride_, 0.0);
  filled_.fill(false);
}

void ColumnConvolution::put(const SparseGrid::Values& values, int above) {
  // Places along z, from the first voxel that the layer needs.
  const int first = above * kEdge + reach_;
  const int begin = std::max(first, 0);
  const int count = std::min(first + kEdge, static_cast<int>(row_stride_)) - begin;
  for (std::size_t row = 0; row < filled_.size(); ++row) {
    const double* const from = &values[row * kEdge + (begin - first)];
    if (std::all_of(from, from + count, [](double value) { return value == 0; })) continue;
    std::copy_n(from, count, &rows_[row * row_stride_ + begin]);
    filled_[row] = true;
  }
}

void ColumnConvolution::add_to(std::span<SparseGrid::Block* const> blocks, double scale) {
  for (int x = 0; x < kEdge; ++x) {
    int first_y = kEdge;
    int last_y = -1;
    for (int y = 0; y < kEdge; ++y) {
      const std::size_t row = static_cast<std::size_t>(x) * kEdge + y;
      if (!filled_[row]) continue;
      first_y = std::min(first_y, y);
      last_y = y;
      HWY_DYNAMIC_DISPATCH(AddRow)
      (*this, &rows_[row * row_stride_ + reach_], planes() + row_place(y));
    }
    if (last_y >= 0) add_planes(x, first_y - reach_, last_y + reach_ + 1, blocks, scale);
  }
}

/// Adds the planes of rows at `x` to the blocks, from one y to another, and clears them.
void ColumnConvolution::add_planes(int x, int begin_y, int end_y,
                                   std::span<SparseGrid::Block* const> blocks, double scale) {
  const int side = 2 * reach_blocks() + 1;
  for (int distance = 0; distance <= reach_; ++distance) {
    double* const plane = planes() + distance * plane_size();
    for (const int to_x : {x - distance, x + distance}) {
      const int from_corner = to_x + reach_blocks() * kEdge;  // of the first block
      const std::size_t first_block = static_cast<std::size_t>(from_corner / kEdge) * side;
      for (int y = begin_y; y < end_y;) {
        const int y_from_corner = y + reach_blocks() * kEdge;
        const int y_in_block = y_from_corner % kEdge;
        const int count = std::min(kEdge - y_in_block, end_y - y);
        if (auto* block = blocks[first_block + y_from_corner / kEdge])
          HWY_DYNAMIC_DISPATCH(AddNumbers)
        (plane + row_place(y + reach_), row_place(count), scale,
         &block->values[row_place(from_corner % kEdge * kEdge + y_in_block)]);
        y += count;
      }
      if (distance == 0) break;
    }
    std::fill_n(plane + row_place(begin_y + reach_), row_place(end_y - begin_y), 0.0);
  }
}

}  // namespace mmgym

#endif  // HWY_ONCE
