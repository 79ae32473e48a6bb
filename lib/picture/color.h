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

/// A color for each channel, by the first element that it is named after: gray carbon, blue
/// nitrogen, red oxygen and so on, as molecular viewers have them. No two channels get the same one
/// before there are more channels than colors.
std::vector<Color> channel_colors(const std::vector<std::string>& channel_names);

}  // namespace mmgym
