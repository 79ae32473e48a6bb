#include "picture/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace mmgym {
namespace {

constexpr std::array<const char*, 3> kAxisNames = {"x", "y", "z"};
/// Makes faint voxels visible. An atom at a corner of voxels has eight of them.
constexpr double kGamma = 0.6;

const char* axis_name(Axis axis) { return kAxisNames[static_cast<std::size_t>(axis)]; }

}  // namespace

PanelPainter::PanelPainter(const ShownKind& kind, double size, double brightest)
    : kind_(kind),
      colors_(channel_colors(kind.channel_names)),
      brightest_(brightest),
      edge_(
          project(std::vector<float>(kind.length_voxels * kind.length_voxels * kind.length_voxels),
                  kind.length_voxels, Axis::x)
              .edge),
      scale_(std::max<std::size_t>(
          1, static_cast<std::size_t>(std::lround(size / static_cast<double>(edge_))))) {}

std::span<const float> PanelPainter::channel_of(const ShownView& view, std::size_t channel) const {
  const std::size_t voxels = kind_.length_voxels * kind_.length_voxels * kind_.length_voxels;
  return std::span(view.image).subspan(channel * voxels, voxels);
}

std::vector<Color> PanelPainter::panel(const ShownView& view, std::size_t first, std::size_t last,
                                       Axis along) const {
  std::vector<float> greatest(edge_ * edge_, 0);
  std::vector<Color> panel(edge_ * edge_, kPanelGround);
  for (std::size_t channel = first; channel < last; ++channel) {
    const Projection projection = project(channel_of(view, channel), kind_.length_voxels, along);
    const Color& color = colors_[channel];
    for (std::size_t i = 0; i < panel.size(); ++i) {
      if (projection.values[i] <= greatest[i]) continue;
      greatest[i] = projection.values[i];
      const double part = std::pow(std::min(1.0, projection.values[i] / brightest_), kGamma);
      const auto mix = [part](double ground, double full) {
        return ground + part * (full - ground);
      };
      panel[i] = {mix(kPanelGround.red, color.red), mix(kPanelGround.green, color.green),
                  mix(kPanelGround.blue, color.blue)};
    }
  }
  return panel;
}

void PanelPainter::paint_all(Page& page, double x, double y, const ShownView& view,
                             Axis along) const {
  page.pixels(x, y, panel(view, 0, colors_.size(), along), edge_, scale_);
}

void PanelPainter::paint_one(Page& page, double x, double y, const ShownView& view,
                             std::size_t channel, Axis along) const {
  page.pixels(x, y, panel(view, channel, channel + 1, along), edge_, scale_);
}

void PanelPainter::scale_bar(Page& page, double x, double y, const Font& font) const {
  const double edge_A = static_cast<double>(kind_.length_voxels) * kind_.resolution_A;
  double length_A = std::pow(10, std::floor(std::log10(edge_A / 3)));
  for (const double factor : {5.0, 2.0})
    if (length_A * factor <= edge_A / 3) {
      length_A *= factor;
      break;
    }
  const double pixels = length_A / edge_A * size();
  const std::string text = fmt::format("{:g} Å", length_A);
  // A dark background, because voxels may be bright.
  page.rectangle(x, y + size() - line_height(font) - 4, pixels + text_width(text, font) + 19,
                 line_height(font) + 4, kPanelGround);
  page.line(x + 6, y + size() - 2 - line_height(font) / 2, x + 6 + pixels,
            y + size() - 2 - line_height(font) / 2, 3, kMark);
  page.text(x + 12 + pixels, y + size() - line_height(font) - 1, text, font, kMark);
}

void PanelPainter::arrow(Page& page, double x, double y, const ShownView& view, Axis along) const {
  if (!view.other_center_A) return;
  const Eigen::Vector3d direction = view.other_center_A->normalized();
  const double right = direction[static_cast<int>(right_of(along))];
  const double up = direction[static_cast<int>(up_of(along))];
  const double length = std::hypot(right, up);
  const double middle_x = x + size() / 2;
  const double middle_y = y + size() / 2;
  // Everything is drawn twice, first wider and dark, to be visible on bright voxels.
  if (length < 0.35) {
    page.circle(middle_x, middle_y, 7, 5, kPanelGround);
    page.circle(middle_x, middle_y, 7, 2, kMark);
    // Looking along y, with x to the right and z up, y points away; along x and z, towards the eye.
    const double toward_eye = direction[static_cast<int>(along)] * (along == Axis::y ? -1 : 1);
    if (toward_eye > 0) {
      page.circle(middle_x, middle_y, 1.5, 5, kPanelGround);
      page.circle(middle_x, middle_y, 1.5, 3, kMark);
    } else {
      page.line(middle_x - 4, middle_y - 4, middle_x + 4, middle_y + 4, 2, kMark);
      page.line(middle_x - 4, middle_y + 4, middle_x + 4, middle_y - 4, 2, kMark);
    }
    return;
  }
  const double reach = 0.42 * size() * length;
  const double unit_x = right / length;
  const double unit_y = -up / length;
  const double tip_x = middle_x + reach * unit_x;
  const double tip_y = middle_y + reach * unit_y;
  const auto draw = [&](double width, double head, double reach_more, const Color& color) {
    const double end_x = tip_x + reach_more * unit_x;
    const double end_y = tip_y + reach_more * unit_y;
    const double neck_x = end_x - head * unit_x;
    const double neck_y = end_y - head * unit_y;
    page.line(middle_x, middle_y, neck_x, neck_y, width, color);
    page.triangle(end_x, end_y, neck_x + head / 2 * unit_y, neck_y - head / 2 * unit_x,
                  neck_x - head / 2 * unit_y, neck_y + head / 2 * unit_x, color);
  };
  draw(5.5, 15, 3.5, kPanelGround);
  draw(2.5, 9, 0, kMark);
}

double greatest_value(std::span<const ShownSample> samples) {
  float greatest = 0;
  for (const ShownSample& sample : samples)
    for (const ShownView& view : sample.views)
      for (const float value : view.image) greatest = std::max(greatest, value);
  return greatest > 0 ? greatest : 1;
}

std::string axis_heading(Axis along) { return fmt::format("along {}", axis_name(along)); }

std::string axis_directions(Axis along) {
  return fmt::format("{} →  {} ↑", axis_name(right_of(along)), axis_name(up_of(along)));
}

}  // namespace mmgym
