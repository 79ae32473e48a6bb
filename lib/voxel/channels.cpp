#include "voxel/channels.h"

#include <algorithm>
#include <bitset>
#include <stdexcept>
#include <string>

#include "base/errors.h"
#include "voxel/image_params.h"

namespace mmgym {
namespace {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Calls f with each part of `text`, without surrounding spaces.
template <typename F>
void for_each_part(std::string_view text, char separator, const F& f) {
  for (;;) {
    const auto end = text.find(separator);
    f(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

ChannelMap::ChannelMap(std::string_view groups, bool ligand_channel) {
  const auto fail = [&](const std::string& what) {
    throw UsageError("channels '" + std::string(groups) + "': " + what);
  };
  std::uint32_t rest = 0;
  for_each_part(groups, '|', [&](std::string_view group) {
    if (channels_ == ImageParams::kMaxChannels)
      fail("more than " + std::to_string(ImageParams::kMaxChannels) + " channels");
    const std::uint32_t bit = std::uint32_t{1} << channels_++;
    const std::string place = "channel " + std::to_string(channels_);
    for_each_part(group, ',', [&](std::string_view symbol) {
      if (symbol.empty()) fail(place + " has no element; write for example C|N|S,SE|*");
      const auto element = symbol == "*" ? std::nullopt : find_element(symbol);
      if (symbol != "*" && !element)
        fail(place + " has '" + std::string(symbol) + "', which is not an element");
      std::uint32_t& mask = element ? masks_[*element] : rest;
      if ((mask & bit) != 0) fail(place + " names " + std::string(symbol) + " twice");
      mask |= bit;
    });
  });
  for (auto& mask : masks_)
    if (mask == 0) mask = rest;
  if (!ligand_channel) return;
  if (channels_ == ImageParams::kMaxChannels)
    fail("more than " + std::to_string(ImageParams::kMaxChannels) +
         " channels with the ligand channel");
  ligand_mask_ = std::uint32_t{1} << channels_++;
}

void ChannelMap::assign(std::span<const Element> elements, std::span<const std::uint8_t> is_polymer,
                        OtherElements others, std::span<std::uint32_t> masks) const {
  if (elements.size() != is_polymer.size() || elements.size() != masks.size())
    throw std::invalid_argument("elements, polymer flags and masks differ in length");
  bool missing = false;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    masks[i] = mask(elements[i], is_polymer[i] != 0);
    missing = missing || masks[i] == 0;
  }
  if (!missing || others == OtherElements::drop) return;

  std::bitset<256> without;
  for (std::size_t i = 0; i < elements.size(); ++i)
    if (masks[i] == 0) without.set(elements[i]);
  std::string names;
  for (std::size_t element = 0; element < without.size(); ++element) {
    if (!without[element]) continue;
    names += names.empty() ? "" : ", ";
    names += element <= kLastElement ? std::string(element_symbol(static_cast<Element>(element)))
                                     : "element " + std::to_string(element);
  }
  throw UsageError("there is no channel for " + names +
                   "; add them to a channel, add '*' for all other elements, or "
                   "drop them with --other-elements drop");
}

}  // namespace mmgym
