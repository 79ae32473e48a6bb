// Compiled for every vector width; the widest that the machine supports is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "structure/line_masks.cpp"
#include "structure/line_masks.h"

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

void SetLineMasks(const char* line, const char* other, LineMasks& masks) {
  const hn::CappedTag<std::uint8_t, 64> d;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(line);
  const auto* others = reinterpret_cast<const std::uint8_t*>(other);
  const auto store = [&d](auto mask, LineMask& words, std::size_t first) {
    hn::StoreMaskBits(d, mask, reinterpret_cast<std::uint8_t*>(words.data()) + first / 8);
  };
  for (std::size_t i = 0; i < LineMasks::kBytes; i += hn::Lanes(d)) {
    const auto v = hn::LoadU(d, bytes + i);
    const auto is = [&](char c) { return hn::Eq(v, hn::Set(d, static_cast<std::uint8_t>(c))); };
    const auto end = is('\n');
    store(end, masks.end, i);
    store(hn::Or(hn::Or(is(' '), is('\t')), hn::Or(is('\r'), end)), masks.blank, i);
    store(hn::Or(is('\''), is('"')), masks.quote, i);
    store(hn::Not(hn::Eq(v, hn::LoadU(d, others + i))), masks.differs, i);
  }
}

}  // namespace mmgym::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <bit>

namespace mmgym {

static_assert(std::endian::native == std::endian::little, "masks are stored as bytes");

HWY_EXPORT(SetLineMasks);

void set_line_masks(const char* line, const char* other, LineMasks& masks) {
  HWY_DYNAMIC_DISPATCH(SetLineMasks)(line, other, masks);
}

}  // namespace mmgym

#endif  // HWY_ONCE
