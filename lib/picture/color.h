#pragma once

#include <string>
#include <vector>

namespace mmgym {

/// Red, green and blue from 0 to 1.
struct Color {
  double red = 0;
  double green = 0;
  double blue = 0;

  bool operator==(const Color&) const = default;
};

/// Returns a color for each channel. Colors follow the first element of the channel as in molecular
/// viewers: gray carbon, blue nitrogen, red oxygen and so on. Channels share colors only if there
/// are more channels than colors.
std::vector<Color> channel_colors(const std::vector<std::string>& channel_names);

}  // namespace mmgym
