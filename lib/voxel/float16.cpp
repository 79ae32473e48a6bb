#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "voxel/float16.cpp"
#include <hwy/foreach_target.h>
// The order matters: foreach_target.h compiles the rest of this file once per target.
#include <hwy/highway.h>

#include <stdexcept>

#include "voxel/float16.h"

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void ToFloat16(const float* values, std::uint16_t* halves, std::size_t count) {
  std::size_t i = 0;
  // The x86 targets from AVX2 on convert in hardware. Highway's emulation for older ones does not
  // round to even.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
  const hn::ScalableTag<float> d;
  const hn::Rebind<hwy::float16_t, decltype(d)> dh;
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d))
    hn::StoreU(hn::DemoteTo(dh, hn::LoadU(d, values + i)), dh,
               reinterpret_cast<hwy::float16_t*>(halves + i));
#endif
  for (; i < count; ++i) halves[i] = to_float16(values[i]);
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mmgym {
HWY_EXPORT(ToFloat16);

void to_float16(std::span<const float> values, std::span<std::uint16_t> halves) {
  if (values.size() != halves.size())
    throw std::invalid_argument("values and halves differ in length");
  HWY_DYNAMIC_DISPATCH(ToFloat16)(values.data(), halves.data(), values.size());
}

}  // namespace mmgym
#endif
