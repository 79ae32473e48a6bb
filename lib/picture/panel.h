#pragma once

#include <string>
#include <vector>

#include "picture/page.h"
#include "picture/projection.h"
#include "picture/sample_picture.h"

namespace mmgym {

inline constexpr Color kInk = {0.13, 0.15, 0.18};
inline constexpr Color kFaintInk = {0.42, 0.45, 0.50};
inline constexpr Color kPanelGround = {0.05, 0.06, 0.09};
inline constexpr Color kMark = {1, 1, 1};

/// Draws projections of images of one kind on dark squares. Greater values are brighter.
class PanelPainter {
 public:
  /// The edge of panels is close to `size` pixels, with whole pixels per voxel. `brightest` is the
  /// value that is shown in full color.
  PanelPainter(const ShownKind& kind, double size, double brightest);

  /// Returns the edge of a panel, in pixels.
  double size() const { return static_cast<double>(edge_ * scale_); }

  /// Paints all channels of an image, or one. Each line of sight has the color of the channel with
  /// the greatest value on it.
  void paint_all(Page& page, double x, double y, const ShownView& view, Axis along) const;
  void paint_one(Page& page, double x, double y, const ShownView& view, std::size_t channel,
                 Axis along) const;

  /// Draws a bar of a round length, labeled with the length, in the lower left corner of a panel.
  void scale_bar(Page& page, double x, double y, const Font& font) const;

  /// Draws an arrow from the middle of a panel toward the other view. If the other view is along
  /// the line of sight, draws a ring with a dot (in front) or a cross (behind).
  void arrow(Page& page, double x, double y, const ShownView& view, Axis along) const;

  const Color& color(std::size_t channel) const { return colors_[channel]; }

 private:
  std::span<const float> channel_of(const ShownView& view, std::size_t channel) const;
  std::vector<Color> panel(const ShownView& view, std::size_t first, std::size_t last,
                           Axis along) const;

  const ShownKind& kind_;
  std::vector<Color> colors_;
  double brightest_;
  std::size_t edge_;
  std::size_t scale_;
};

/// Returns the greatest value in any view of the samples; 1 if all are empty.
double greatest_value(std::span<const ShownSample> samples);

/// Return "along x", and the axes to the right and up ("y →  z ↑").
std::string axis_heading(Axis along);
std::string axis_directions(Axis along);

}  // namespace mmgym
