#include "picture/page.h"

#include <cairo.h>

#include <set>

#include "base/errors.h"
#include "catch.h"
#include "picture/sample_picture.h"
#include "temporary_folder.h"

using namespace mmgym;

namespace {

/// The pixels of a PNG.
struct Png {
  explicit Png(const std::filesystem::path& path)
      : surface(cairo_image_surface_create_from_png(path.c_str())) {
    REQUIRE(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS);
  }
  ~Png() { cairo_surface_destroy(surface); }
  Png(const Png&) = delete;
  Png& operator=(const Png&) = delete;

  int width() const { return cairo_image_surface_get_width(surface); }
  int height() const { return cairo_image_surface_get_height(surface); }
  std::uint32_t at(int x, int y) const {
    const auto* row = cairo_image_surface_get_data(surface) +
                      static_cast<std::ptrdiff_t>(y) * cairo_image_surface_get_stride(surface);
    return reinterpret_cast<const std::uint32_t*>(row)[x] & 0xffffff;
  }

  /// Returns whether a border of `border` pixels is white, so that nothing is cut off.
  bool has_white_border(int border) const {
    for (int y = 0; y < height(); ++y)
      for (int x = 0; x < width(); ++x)
        if (x < border || y < border || x >= width() - border || y >= height() - border)
          if (at(x, y) != 0xffffff) return false;
    return true;
  }

  std::size_t count_drawn() const {
    std::size_t drawn = 0;
    for (int y = 0; y < height(); ++y)
      for (int x = 0; x < width(); ++x) drawn += at(x, y) != 0xffffff;
    return drawn;
  }

  cairo_surface_t* surface;
};

ShownSample shown(std::size_t views, std::size_t image_size, const std::string& long_text) {
  ShownSample sample;
  sample.caption = "#1  " + long_text;
  sample.title = "Sample 1:  " + long_text;
  sample.details = {"label 0 of 0 to 5 " + long_text, "assembly 1"};
  for (std::size_t i = 0; i < views; ++i) {
    ShownView view;
    view.name = i == 0 ? "home" : "neighbor";
    view.image.assign(image_size, 0);
    view.image[5] = 1;
    if (i == 0) view.other_center_A = Eigen::Vector3d(20, 20, 20);
    sample.views.push_back(view);
  }
  return sample;
}

}  // namespace

TEST_CASE("Lines are broken between words and keep all of them") {
  const Font font;
  const auto lines = wrap("one two three four", font, text_width("one two", font));
  CHECK(lines[0] == "one two");
  std::string joined;
  for (const std::string& line : lines) joined += (joined.empty() ? "" : " ") + line;
  CHECK(joined == "one two three four");
  CHECK(wrap("unbreakable", font, 1) == std::vector<std::string>{"unbreakable"});
}

TEST_CASE("Nothing in a picture is cut off, for long texts and small images") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "view.png";
  const std::string long_name(120, 'W');
  constexpr std::size_t kReduced = 260;  // more voxels than are shown
  for (const std::size_t length : {std::size_t{2}, std::size_t{5}, std::size_t{24}, kReduced})
    for (const std::string& text : {std::string("1abc"), long_name}) {
      ShownKind kind{{"C", "MN,FE,CO,NI,CU,ZN", "*", "ligand"}, length, 1};
      if (length == kReduced) kind.channel_names = {"C"};
      const std::size_t size = kind.channel_names.size() * length * length * length;
      const bool one = length == kReduced;
      const std::vector<ShownSample> samples(one ? 1 : 3, shown(one ? 1 : 2, size, text));
      draw_sample(path, kind, samples[0]);
      const Png sample(path);
      CHECK(sample.has_white_border(6));
      CHECK(sample.count_drawn() > 1000);
      draw_montage(path, kind, samples);
      const Png montage(path);
      CHECK(montage.has_white_border(6));
      CHECK(montage.count_drawn() > 1000);
    }
}

TEST_CASE("The error for a picture that cannot be written has its path and the reason") {
  const ShownKind kind{{"C"}, 2, 1};
  const auto draw = [&] { draw_sample("/no/such/folder/x.png", kind, shown(1, 8, "1abc")); };
  CHECK_THROWS_WITH(draw(), "cannot write /no/such/folder/x.png: No such file or directory");
  CHECK_THROWS_AS(draw(), WriteError);
}

TEST_CASE("Channels have different colors") {
  const auto colors =
      channel_colors({"C", "N", "O", "S,SE", "P", "MG,CA", "CA", "*", "ligand", "*"});
  std::set<std::tuple<double, double, double>> different;
  for (const Color& color : colors) different.emplace(color.red, color.green, color.blue);
  CHECK(different.size() == colors.size());
}
