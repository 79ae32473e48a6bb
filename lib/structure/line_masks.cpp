// Compiled for every vector width; the widest that the machine supports is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "structure/line_masks.cpp"
#include "structure/line_masks.h"

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace mmgym::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<std::uint8_t, 64>;

template <typename Vector>
auto IsByte(Tag d, Vector bytes, char c) {
  return hn::Eq(bytes, hn::Set(d, static_cast<std::uint8_t>(c)));
}

template <typename Mask>
void StoreBits(Tag d, Mask mask, std::size_t first_byte, LineMask& words) {
#if HWY_TARGET == HWY_SCALAR  // a single lane
  const std::uint64_t bit = std::uint64_t{1} << first_byte % 64;
  std::uint64_t& word = words[first_byte / 64];
  word = hn::AllTrue(d, mask) ? word | bit : word & ~bit;
#else
  hn::StoreMaskBits(d, mask, reinterpret_cast<std::uint8_t*>(words.data()) + first_byte / 8);
#endif
}

void SetLineMasks(const char* line, const char* other, LineMasks& masks) {
  const Tag d;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(line);
  const auto* others = reinterpret_cast<const std::uint8_t*>(other);
  for (std::size_t i = 0; i < LineMasks::kBytes; i += hn::Lanes(d)) {
    const auto v = hn::LoadU(d, bytes + i);
    const auto end = IsByte(d, v, '\n');
    const auto space = hn::Or(IsByte(d, v, ' '), IsByte(d, v, '\t'));
    StoreBits(d, end, i, masks.end);
    StoreBits(d, hn::Or(space, hn::Or(IsByte(d, v, '\r'), end)), i, masks.blank);
    StoreBits(d, hn::Or(IsByte(d, v, '\''), IsByte(d, v, '"')), i, masks.quote);
    StoreBits(d, hn::Not(hn::Eq(v, hn::LoadU(d, others + i))), i, masks.differs);
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
