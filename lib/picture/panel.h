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

/// Draws the projections of images of one kind: dark squares, on which a voxel is the brighter the
/// greater its value.
class PanelPainter {
 public:
  /// Panels are as near to `size` pixels as whole pixels to a voxel allow. `brightest` is the value
  /// that is shown in full color.
  PanelPainter(const ShownKind& kind, double size, double brightest);

  /// The edge of a panel, in pixels.
  double size() const { return static_cast<double>(edge_ * scale_); }

  /// All channels of an image, each line of sight in the color of the channel that has the greatest
  /// value on it; or one of them.
  void paint_all(Page& page, double x, double y, const ShownView& view, Axis along) const;
  void paint_one(Page& page, double x, double y, const ShownView& view, std::size_t channel,
                 Axis along) const;

  /// A bar of a round length, with the length beside it, in the lower left corner of a panel.
  void scale_bar(Page& page, double x, double y, const Font& font) const;

  /// An arrow from the middle of a panel to where the other view lies; a ring, with a dot where it
  /// lies in front, if it lies along the line of sight.
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

/// The greatest value in any view of the samples; 1 if all are empty.
double greatest_value(std::span<const ShownSample> samples);

/// "along x: y to the right, z up", in short.
std::string axis_heading(Axis along);
std::string axis_directions(Axis along);

}  // namespace mmgym
