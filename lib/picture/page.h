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

/// The width of a text, in pixels.
double text_width(const std::string& text, const Font& font);

/// The distance between lines of text, in pixels.
double line_height(const Font& font);

/// The text in lines no wider than that, broken between words; a word that is wider has a line to
/// itself.
std::vector<std::string> wrap(const std::string& text, const Font& font, double width);

/// A white page to draw on, saved as PNG. Coordinates are in pixels from the top left.
class Page {
 public:
  /// Throws UsageError for pages beyond 30,000 pixels, and where memory ends.
  Page(double width, double height);

  /// A text whose first line's top left corner is there.
  void text(double x, double y, const std::string& text, const Font& font, const Color& color);
  void rectangle(double x, double y, double width, double height, const Color& color);
  void line(double x1, double y1, double x2, double y2, double width, const Color& color);
  /// A filled triangle.
  void triangle(double x1, double y1, double x2, double y2, double x3, double y3,
                const Color& color);
  void circle(double x, double y, double radius, double line_width, const Color& color);
  /// Colors of `edge` rows and columns, each a square of `scale` pixels.
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
