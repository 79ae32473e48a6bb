#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "voxel/copy_image.cpp"
#include <hwy/foreach_target.h>
// The order matters: foreach_target.h compiles the rest of this file once per target.
#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>

#include "voxel/copy_image.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void CopyPastCaches(const float* from, float* to, std::size_t count) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t bytes = lanes * sizeof(float);
  // Stores past the caches need an aligned address.
  const std::size_t beyond = reinterpret_cast<std::uintptr_t>(to) % bytes;
  std::size_t i = std::min(count, beyond == 0 ? 0 : (bytes - beyond) / sizeof(float));
  std::copy_n(from, i, to);
  for (; i + lanes <= count; i += lanes) hn::Stream(hn::LoadU(d, from + i), d, to + i);
  std::copy(from + i, from + count, to + i);
  // Other threads must see these stores before they see that the sample is finished.
  hwy::FlushStream();
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mmgym {
HWY_EXPORT(CopyPastCaches);

void copy_past_caches(std::span<const float> from, std::span<float> to) {
  if (from.size() != to.size()) throw std::invalid_argument("the images differ in length");
  HWY_DYNAMIC_DISPATCH(CopyPastCaches)(from.data(), to.data(), from.size());
}

}  // namespace mmgym
#endif
