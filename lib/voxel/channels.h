#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "chemistry/element.h"
#include "settings/enum_names.h"

namespace mmgym {

/// What to do with atoms that have no channel.
enum class OtherElements { error, drop };

template <>
inline constexpr std::array<EnumName<OtherElements>, 2> kEnumNames<OtherElements> = {
    {{"error", OtherElements::error}, {"drop", OtherElements::drop}}};

/// Maps atoms to the channels of an image.
class ChannelMap {
 public:
  /// Parses channels such as 'C|N|O|S,SE|*': groups of element symbols (upper or lower case), one
  /// channel per group in this order. `*` is any element that no group contains. An element may be
  /// in several groups. With `ligand_channel`, the last channel is for atoms of any element that
  /// are not part of a polymer. They are drawn to their element's channels too. Throws UsageError,
  /// with the place and the reason, if the text is invalid.
  explicit ChannelMap(std::string_view groups, bool ligand_channel = false);

  /// Returns the number of channels, including the ligand channel.
  int channels() const { return channels_; }

  /// Returns the atom's channels: bit c is channel c, 0 means none.
  std::uint32_t mask(Element element, bool is_polymer) const {
    return masks_[element] | (is_polymer ? 0 : ligand_mask_);
  }

  /// Sets masks[i] for every atom i. The spans have the same length, and is_polymer contains 0
  /// or 1. If atoms have no channel, OtherElements::error throws UsageError, which lists their
  /// elements; drop sets their masks to 0, and they are not drawn.
  void assign(std::span<const Element> elements, std::span<const std::uint8_t> is_polymer,
              OtherElements others, std::span<std::uint32_t> masks) const;

 private:
  std::array<std::uint32_t, 256> masks_{};  // by element
  std::uint32_t ligand_mask_ = 0;
  int channels_ = 0;
};

}  // namespace mmgym
