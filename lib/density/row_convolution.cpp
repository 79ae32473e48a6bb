// A density map spends most of its time here. This file is compiled for every vector width; the
// widest that the machine supports is chosen at run time. Products and sums are rounded separately
// and in the same order, so the result is the same for every width.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "density/row_convolution.cpp"
#include "density/row_convolution.h"

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Rows are padded to a multiple of 8, which every vector width divides.
using Tag = hn::CappedTag<double, 8>;

/// Convolves the terms with the first elements of a profile: four vectors at a time, because the
/// sum of one waits for each of its terms. Returns the first element that is left.
std::size_t ConvolveFours(const RowConvolution& convolution, const double* profile, double* out) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t z = 0;
  for (; z + 4 * lanes <= convolution.row_stride(); z += 4 * lanes) {
    auto sum_0 = hn::Zero(d);
    auto sum_1 = hn::Zero(d);
    auto sum_2 = hn::Zero(d);
    auto sum_3 = hn::Zero(d);
    for (const auto& term : convolution.terms()) {
      const auto weight = hn::Set(d, term.weight);
      const double* in = profile + term.shift + z;
      sum_0 = hn::Add(sum_0, hn::Mul(weight, hn::LoadU(d, in)));
      sum_1 = hn::Add(sum_1, hn::Mul(weight, hn::LoadU(d, in + lanes)));
      sum_2 = hn::Add(sum_2, hn::Mul(weight, hn::LoadU(d, in + 2 * lanes)));
      sum_3 = hn::Add(sum_3, hn::Mul(weight, hn::LoadU(d, in + 3 * lanes)));
    }
    hn::Store(sum_0, d, out + z);
    hn::Store(sum_1, d, out + z + lanes);
    hn::Store(sum_2, d, out + z + 2 * lanes);
    hn::Store(sum_3, d, out + z + 3 * lanes);
  }
  return z;
}

void Add(RowConvolution& convolution, double* corner) {
  const Tag d;
  const std::size_t length = convolution.row_stride();
  for (std::size_t p = 0; p < convolution.profile_count(); ++p) {
    const double* profile = convolution.profile(p);
    double* out = convolution.convolved(p);
    for (std::size_t z = ConvolveFours(convolution, profile, out); z < length; z += hn::Lanes(d)) {
      auto sum = hn::Zero(d);
      for (const auto& term : convolution.terms())
        sum =
            hn::Add(sum, hn::Mul(hn::Set(d, term.weight), hn::LoadU(d, profile + term.shift + z)));
      hn::Store(sum, d, out + z);
    }
  }
  for (const auto& row : convolution.rows()) {
    const double* in = convolution.convolved(row.profile);
    double* out = corner + row.offset;
    for (std::size_t z = 0; z < length; z += hn::Lanes(d))
      hn::Store(hn::Add(hn::Load(d, out + z), hn::Load(d, in + z)), d, out + z);
  }
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <algorithm>
#include <cstdlib>
#include <map>

namespace mmgym {

HWY_EXPORT(Add);

RowConvolution::RowConvolution(const SphereKernel& kernel, int count)
    : count_(count), side_(count + kernel.edge - 1) {
  constexpr std::size_t kAlignment = 8;
  row_stride_ = (static_cast<std::size_t>(side_) + kAlignment - 1) / kAlignment * kAlignment;
  const auto before = static_cast<std::size_t>(count - 1);
  profile_stride_ = before + row_stride_;
  const int center = kernel.edge / 2;
  std::map<std::pair<int, int>, std::size_t> profile_at;  // by distances from the center
  auto end = kernel.fractions.begin();
  for (int x = 0; x < kernel.edge; ++x)
    for (int y = 0; y < kernel.edge; ++y) {
      const auto begin = end;
      end += kernel.edge;
      if (std::all_of(begin, end, [](double fraction) { return fraction == 0; })) continue;
      const auto [near, far] = std::minmax({std::abs(x - center), std::abs(y - center)});
      const auto [found, is_new] = profile_at.try_emplace({near, far}, profile_count_);
      if (is_new) {
        ++profile_count_;
        profiles_.insert(profiles_.end(), before, 0);
        profiles_.insert(profiles_.end(), begin, end);
        profiles_.resize(profile_count_ * profile_stride_);
      }
      const auto row = static_cast<std::size_t>(x) * side_ + y;
      rows_.push_back({row * row_stride_, found->second});
    }
  convolved_ = hwy::AllocateAligned<double>(profile_count_ * row_stride_);
}

void RowConvolution::add(const double* weights, double scale, double* corner) {
  terms_.clear();
  for (int z = 0; z < count_; ++z)
    if (weights[z] != 0)
      terms_.push_back({weights[z] * scale, static_cast<std::size_t>(count_ - 1 - z)});
  if (!terms_.empty()) HWY_DYNAMIC_DISPATCH(Add)(*this, corner);
}

}  // namespace mmgym

#endif  // HWY_ONCE
