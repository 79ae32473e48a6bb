#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "chemistry/element.h"
#include "settings/enum_names.h"

namespace mmgym {

/// What to do with atoms that no channel is for.
enum class OtherElements { error, drop };

template <>
inline constexpr std::array<EnumName<OtherElements>, 2> kEnumNames<OtherElements> = {
    {{"error", OtherElements::error}, {"drop", OtherElements::drop}}};

/// Which channels of an image an atom is drawn to.
class ChannelMap {
 public:
  /// Parses channels such as 'C|N|O|S,SE|*': groups of element symbols (in any case of letters),
  /// one channel per group in this order. `*` is any element that no group names. An element may be
  /// in several groups. With `ligand_channel`, one more channel follows, for the atoms that are not
  /// part of a polymer, whatever their element; they are drawn to their element's channels too.
  /// Throws UsageError, which says where and what, if that is not what the text is.
  explicit ChannelMap(std::string_view groups, bool ligand_channel = false);

  /// The number of channels, the ligand channel included.
  int channels() const { return channels_; }

  /// The atom's channels: bit c is channel c. 0 if there are none.
  std::uint32_t mask(Element element, bool is_polymer) const {
    return masks_[element] | (is_polymer ? 0 : ligand_mask_);
  }

  /// Sets masks[i] for every atom i; the spans have one length, and is_polymer holds 0 or 1.
  /// With OtherElements::error, throws UsageError if atoms have no channel, which names
  /// all of their elements; with drop, their masks are 0, and they will not be drawn.
  void assign(std::span<const Element> elements, std::span<const std::uint8_t> is_polymer,
              OtherElements others, std::span<std::uint32_t> masks) const;

 private:
  std::array<std::uint32_t, 256> masks_{};  // by element
  std::uint32_t ligand_mask_ = 0;
  int channels_ = 0;
};

}  // namespace mmgym
