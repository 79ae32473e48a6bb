#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "picture/color.h"

struct _cairo;
struct _cairo_surface;

namespace mmgym {

/// A typeface's size and weight.
struct Font {
  double size = 13;  // pixels
  bool bold = false;
};

/// Returns the width of a text, in pixels.
double text_width(const std::string& text, const Font& font);

/// Returns the distance between lines of text, in pixels.
double line_height(const Font& font);

/// Breaks a text between words into lines of at most `width` pixels. A wider word has its own line.
std::vector<std::string> wrap(const std::string& text, const Font& font, double width);

/// A white page to draw on, saved as PNG. Coordinates are in pixels from the top left.
class Page {
 public:
  /// Throws UsageError if an edge is longer than 30,000 pixels, and std::runtime_error if there is
  /// not enough memory.
  Page(double width, double height);

  /// Draws a line of text with its top left corner at (x, y).
  void text(double x, double y, const std::string& text, const Font& font, const Color& color);
  void rectangle(double x, double y, double width, double height, const Color& color);
  void line(double x1, double y1, double x2, double y2, double width, const Color& color);
  /// Draws a filled triangle.
  void triangle(double x1, double y1, double x2, double y2, double x3, double y3,
                const Color& color);
  void circle(double x, double y, double radius, double line_width, const Color& color);
  /// Draws `edge` rows and columns of colors, each as a square of `scale` pixels.
  void pixels(double x, double y, const std::vector<Color>& colors, std::size_t edge,
              std::size_t scale);

  /// Throws std::runtime_error if the file cannot be written.
  void save(const std::filesystem::path& path);

 private:
  struct FreeSurface {
    void operator()(_cairo_surface* surface) const;
  };
  struct FreeContext {
    void operator()(_cairo* context) const;
  };
  void set_color(const Color& color);

  std::unique_ptr<_cairo_surface, FreeSurface> surface_;
  std::unique_ptr<_cairo, FreeContext> context_;
};

}  // namespace mmgym
