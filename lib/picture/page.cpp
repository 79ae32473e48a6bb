#include "picture/page.h"

#include <cairo.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <new>
#include <numbers>
#include <sstream>
#include <stdexcept>

#include "base/errors.h"
#include "base/text.h"

namespace mmgym {
namespace {

constexpr double kLargest = 30000;  // cairo's own limit is 32767

void select(cairo_t* context, const Font& font) {
  cairo_select_font_face(context, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                         font.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(context, font.size);
}

/// Returns a context of one pixel in which texts are measured.
cairo_t* measuring_context() {
  struct Measure {
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1);
    cairo_t* context = cairo_create(surface);
    ~Measure() {
      cairo_destroy(context);
      cairo_surface_destroy(surface);
    }
  };
  thread_local const Measure measure;
  return measure.context;
}

}  // namespace

double text_width(const std::string& text, const Font& font) {
  cairo_t* context = measuring_context();
  select(context, font);
  cairo_text_extents_t extents;
  cairo_text_extents(context, printable(text).c_str(), &extents);
  return std::max(extents.x_advance, extents.x_bearing + extents.width);
}

double line_height(const Font& font) { return std::ceil(font.size * 1.35); }

std::vector<std::string> wrap(const std::string& text, const Font& font, double width) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  std::string word;
  while (words >> word) {
    if (!lines.empty() && text_width(lines.back() + " " + word, font) <= width)
      lines.back() += " " + word;
    else
      lines.push_back(word);
  }
  return lines;
}

void Page::FreeSurface::operator()(cairo_surface_t* surface) const {
  cairo_surface_destroy(surface);
}

void Page::FreeContext::operator()(cairo_t* context) const { cairo_destroy(context); }

Page::Page(double width, double height) {
  if (width > kLargest || height > kLargest)
    throw UsageError("the picture would be " +
                     std::to_string(static_cast<long>(std::max(width, height))) +
                     " pixels wide or high; show fewer samples");
  surface_.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::ceil(width)),
                                            static_cast<int>(std::ceil(height))));
  context_.reset(cairo_create(surface_.get()));
  if (cairo_status(context_.get()) != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(std::string("cannot create a picture: ") +
                             cairo_status_to_string(cairo_status(context_.get())));
  rectangle(0, 0, width + 1, height + 1, {1, 1, 1});
}

void Page::set_color(const Color& color) {
  cairo_set_source_rgb(context_.get(), color.red, color.green, color.blue);
}

void Page::text(double x, double y, const std::string& text, const Font& font, const Color& color) {
  select(context_.get(), font);
  cairo_font_extents_t extents;
  cairo_font_extents(context_.get(), &extents);
  set_color(color);
  cairo_move_to(context_.get(), x, std::round(y + extents.ascent));
  // Ids from structure files need not be UTF-8, and Cairo would draw nothing from then on.
  cairo_show_text(context_.get(), printable(text).c_str());
}

void Page::rectangle(double x, double y, double width, double height, const Color& color) {
  set_color(color);
  cairo_rectangle(context_.get(), x, y, width, height);
  cairo_fill(context_.get());
}

void Page::line(double x1, double y1, double x2, double y2, double width, const Color& color) {
  set_color(color);
  cairo_set_line_width(context_.get(), width);
  cairo_move_to(context_.get(), x1, y1);
  cairo_line_to(context_.get(), x2, y2);
  cairo_stroke(context_.get());
}

void Page::triangle(double x1, double y1, double x2, double y2, double x3, double y3,
                    const Color& color) {
  set_color(color);
  cairo_move_to(context_.get(), x1, y1);
  cairo_line_to(context_.get(), x2, y2);
  cairo_line_to(context_.get(), x3, y3);
  cairo_close_path(context_.get());
  cairo_fill(context_.get());
}

void Page::circle(double x, double y, double radius, double line_width, const Color& color) {
  set_color(color);
  cairo_set_line_width(context_.get(), line_width);
  cairo_new_sub_path(context_.get());
  cairo_arc(context_.get(), x, y, radius, 0, 2 * std::numbers::pi);
  cairo_stroke(context_.get());
}

void Page::pixels(double x, double y, const std::vector<Color>& colors, std::size_t edge,
                  std::size_t scale) {
  const auto size = static_cast<double>(scale);
  for (std::size_t row = 0; row < edge; ++row)
    for (std::size_t column = 0; column < edge; ++column)
      rectangle(x + size * static_cast<double>(column), y + size * static_cast<double>(row), size,
                size, colors[row * edge + column]);
}

void Page::save(const std::filesystem::path& path) {
  cairo_surface_flush(surface_.get());
  errno = 0;
  const cairo_status_t status = cairo_surface_write_to_png(surface_.get(), path.c_str());
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  if (status != CAIRO_STATUS_SUCCESS)
    throw_write_error(errno == 0 ? EIO : errno, "cannot write " + path.string());
}

}  // namespace mmgym
