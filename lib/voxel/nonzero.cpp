#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "voxel/nonzero.cpp"
#include <hwy/foreach_target.h>
// The order matters: foreach_target.h compiles the rest of this file once per target.
#include <hwy/highway.h>

#include <limits>
#include <stdexcept>
#include <type_traits>

#include "voxel/nonzero.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns the number of nonzero voxels. Adds `offset` to indices. Writes up to one vector beyond
/// them. If Voxel is not const, sets the voxels to 0.
template <typename Voxel>
std::size_t find_nonzero(Voxel* image, std::size_t count, std::uint32_t offset,
                         std::uint32_t* indices, float* values) {
  constexpr bool kErase = !std::is_const_v<Voxel>;
  const hn::ScalableTag<float> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const std::size_t lanes = hn::Lanes(d);
  const auto zero = hn::Zero(d);
  std::size_t found = 0;
  std::size_t i = 0;
  // Skips zeros four vectors at a time. Otherwise no branch depends on the voxels, because half of
  // such branches would be mispredicted.
  for (; i + 4 * lanes <= count; i += 4 * lanes) {
    const auto v0 = hn::LoadU(d, image + i);
    const auto v1 = hn::LoadU(d, image + i + lanes);
    const auto v2 = hn::LoadU(d, image + i + 2 * lanes);
    const auto v3 = hn::LoadU(d, image + i + 3 * lanes);
    // Only 0 and -0 have no bit set except the sign.
    if (hn::AllTrue(d, hn::Eq(hn::Abs(hn::Or(hn::Or(v0, v1), hn::Or(v2, v3))), zero))) continue;
    if constexpr (kErase)
      for (std::size_t vector = 0; vector < 4; ++vector)
        hn::StoreU(zero, d, image + i + vector * lanes);
    // Counts all four before storing any, so that the stores do not wait for each other.
    const auto is0 = hn::Ne(v0, zero), is1 = hn::Ne(v1, zero);
    const auto is2 = hn::Ne(v2, zero), is3 = hn::Ne(v3, zero);
    const std::size_t at1 = found + hn::CountTrue(d, is0);
    const std::size_t at2 = at1 + hn::CountTrue(d, is1);
    const std::size_t at3 = at2 + hn::CountTrue(d, is2);
    const auto place =
        hn::Add(hn::Iota(du, 0), hn::Set(du, offset + static_cast<std::uint32_t>(i)));
    const auto store = [&](std::size_t at, auto v, auto is_nonzero, std::size_t vectors) {
      const auto shift = hn::Set(du, static_cast<std::uint32_t>(vectors * lanes));
      hn::StoreU(hn::Compress(v, is_nonzero), d, values + at);
      hn::StoreU(hn::Compress(hn::Add(place, shift), hn::RebindMask(du, is_nonzero)), du,
                 indices + at);
    };
    store(found, v0, is0, 0);
    store(at1, v1, is1, 1);
    store(at2, v2, is2, 2);
    store(at3, v3, is3, 3);
    found = at3 + hn::CountTrue(d, is3);
  }
  for (; i < count; ++i) {
    indices[found] = offset + static_cast<std::uint32_t>(i);
    values[found] = image[i];
    found += image[i] != 0 ? 1 : 0;
    if constexpr (kErase) image[i] = 0;
  }
  return found;
}

std::size_t FindNonzero(const float* image, std::size_t count, std::uint32_t offset,
                        std::uint32_t* indices, float* values) {
  return find_nonzero(image, count, offset, indices, values);
}

std::size_t TakeNonzero(float* image, std::size_t count, std::uint32_t offset,
                        std::uint32_t* indices, float* values) {
  return find_nonzero(image, count, offset, indices, values);
}

std::size_t Lanes() { return hn::Lanes(hn::ScalableTag<float>()); }

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mmgym {
HWY_EXPORT(FindNonzero);
HWY_EXPORT(TakeNonzero);
HWY_EXPORT(Lanes);

namespace {

/// Calls use(offset, count) for the voxels of each channel that may have any other than 0.
template <typename Use>
void for_each_used_channel(const Images& images, const Use& use) {
  const std::size_t channel_voxels = images.kind().grid.voxels();
  std::size_t offset = 0;
  for (int image = 0; image < images.count(); ++image) {
    const std::uint32_t used = images.used_channels(image);
    for (int channel = 0; channel < images.kind().channels; ++channel, offset += channel_voxels)
      if ((used >> channel & 1U) != 0) use(offset, channel_voxels);
  }
}

}  // namespace

void NonzeroVoxels::reserve(std::size_t voxels) {
  if (voxels > std::numeric_limits<std::uint32_t>::max())
    throw std::length_error("an image has more than 2^32 - 1 voxels");
  size_ = 0;
  const std::size_t needed = voxels + HWY_DYNAMIC_DISPATCH(Lanes)();
  if (capacity_ >= needed) return;
  indices_ = std::make_unique_for_overwrite<std::uint32_t[]>(needed);
  values_ = std::make_unique_for_overwrite<float[]>(needed);
  capacity_ = needed;
}

void NonzeroVoxels::find(std::span<const float> image) {
  reserve(image.size());
  size_ = HWY_DYNAMIC_DISPATCH(FindNonzero)(image.data(), image.size(), 0, indices_.get(),
                                            values_.get());
}

void NonzeroVoxels::find(const Images& images) {
  reserve(images.voxels().size());
  const float* voxels = images.voxels().data();
  for_each_used_channel(images, [&](std::size_t offset, std::size_t count) {
    size_ += HWY_DYNAMIC_DISPATCH(FindNonzero)(voxels + offset, count,
                                               static_cast<std::uint32_t>(offset),
                                               indices_.get() + size_, values_.get() + size_);
  });
}

void NonzeroVoxels::take(Images& images) {
  reserve(images.voxels().size());
  float* voxels = images.count() > 0 ? images.image(0).data() : nullptr;
  for_each_used_channel(images, [&](std::size_t offset, std::size_t count) {
    size_ += HWY_DYNAMIC_DISPATCH(TakeNonzero)(voxels + offset, count,
                                               static_cast<std::uint32_t>(offset),
                                               indices_.get() + size_, values_.get() + size_);
  });
  images.set_erased();
}

}  // namespace mmgym
#endif
