#include "picture/color.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace mmgym {
namespace {

struct Named {
  std::string_view element;
  Color color;
};

constexpr std::array<Named, 20> kElements = {
    {{"C", {0.72, 0.74, 0.76}},  {"N", {0.30, 0.50, 1.00}},     {"O", {1.00, 0.27, 0.22}},
     {"S", {1.00, 0.86, 0.15}},  {"SE", {1.00, 0.86, 0.15}},    {"P", {1.00, 0.56, 0.05}},
     {"F", {0.55, 0.95, 0.45}},  {"CL", {0.30, 0.90, 0.30}},    {"BR", {0.70, 0.30, 0.20}},
     {"I", {0.62, 0.20, 0.80}},  {"NA", {0.67, 0.36, 0.95}},    {"K", {0.56, 0.25, 0.83}},
     {"MG", {0.40, 0.88, 0.35}}, {"CA", {0.40, 0.88, 0.35}},    {"MN", {0.74, 0.42, 1.00}},
     {"FE", {0.88, 0.45, 0.25}}, {"ZN", {0.55, 0.58, 0.85}},    {"CU", {0.80, 0.52, 0.25}},
     {"*", {0.15, 0.85, 0.80}},  {"ligand", {1.00, 0.30, 0.78}}}};

/// For channels whose element has no color or whose color is taken.
constexpr std::array<Color, 8> kOthers = {{{0.55, 0.80, 1.00},
                                           {1.00, 0.70, 0.75},
                                           {0.75, 0.95, 0.60},
                                           {0.95, 0.75, 0.45},
                                           {0.80, 0.65, 0.95},
                                           {0.45, 0.75, 0.70},
                                           {0.85, 0.85, 0.55},
                                           {0.70, 0.60, 0.55}}};

}  // namespace

std::vector<Color> channel_colors(const std::vector<std::string>& channel_names) {
  std::vector<Color> colors;
  std::size_t other = 0;
  for (const std::string& name : channel_names) {
    std::string element = name.substr(0, name.find(','));
    if (element != "ligand")
      std::transform(element.begin(), element.end(), element.begin(),
                     [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const auto found = std::find_if(kElements.begin(), kElements.end(),
                                    [&](const Named& named) { return named.element == element; });
    if (found != kElements.end() &&
        std::find(colors.begin(), colors.end(), found->color) == colors.end())
      colors.push_back(found->color);
    else
      colors.push_back(kOthers[other++ % kOthers.size()]);
  }
  return colors;
}

}  // namespace mmgym
