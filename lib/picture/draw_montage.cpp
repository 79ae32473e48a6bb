#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "picture/panel.h"
#include "picture/sample_picture.h"

// Layout: cells in rows and columns, one per sample. A cell has a caption and a row of three
// projections per view. The colors of the channels are at the bottom.

namespace mmgym {
namespace {

constexpr double kMargin = 18;
constexpr double kGap = 3;       // between panels
constexpr double kCellGap = 18;  // between cells
constexpr double kPanel = 80;
constexpr double kSwatch = 12;
constexpr Font kCaption{12, true};
constexpr Font kText{12, false};

std::string legend_name(const std::string& channel) { return channel == "*" ? "others" : channel; }

}  // namespace

void draw_montage(const std::filesystem::path& path, const ShownKind& kind,
                  std::span<const ShownSample> samples) {
  const PanelPainter painter(kind, kPanel, greatest_value(samples));
  double cell_width = 3 * painter.size() + 2 * kGap;
  std::size_t views = 0;
  for (const ShownSample& sample : samples) {
    cell_width = std::max(cell_width, text_width(sample.caption, kCaption));
    views = std::max(views, sample.views.size());
  }
  const double cell_height =
      line_height(kCaption) + 2 + static_cast<double>(views) * (painter.size() + kGap);
  // The aspect ratio is about 4:3.
  const auto count = static_cast<double>(samples.size());
  const auto columns = static_cast<std::size_t>(std::clamp(
      std::round(std::sqrt(count * 4 / 3 * (cell_height + kCellGap) / (cell_width + kCellGap))),
      1.0, count));
  const std::size_t rows = (samples.size() + columns - 1) / columns;

  const std::string heading =
      fmt::format("Projections along x, y, z{}; {} voxels of {:g} Å",
                  views == 2 ? "; home above (arrow: toward the neighbor), neighbor below" : "",
                  kind.length_voxels, kind.resolution_A);
  double width = static_cast<double>(columns) * (cell_width + kCellGap) - kCellGap;
  for (const auto& name : kind.channel_names)
    width = std::max(width, kSwatch + 5 + text_width(legend_name(name), kText));
  const auto heading_lines = wrap(heading, kText, width);

  // Positions of the channel names in the legend.
  struct Entry {
    double x, y;
  };
  std::vector<Entry> legend;
  double x = 0;
  double y = 0;
  for (const auto& name : kind.channel_names) {
    const double entry_width = kSwatch + 5 + text_width(legend_name(name), kText);
    if (x > 0 && x + entry_width > width) {
      x = 0;
      y += line_height(kText) + 2;
    }
    legend.push_back({x, y});
    x += entry_width + 18;
  }
  const double cells_top =
      kMargin + static_cast<double>(heading_lines.size()) * line_height(kText) + 8;
  const double legend_top = cells_top + static_cast<double>(rows) * (cell_height + kCellGap);

  Page page(width + 2 * kMargin, legend_top + y + line_height(kText) + kMargin);
  for (std::size_t i = 0; i < heading_lines.size(); ++i)
    page.text(kMargin, kMargin + static_cast<double>(i) * line_height(kText), heading_lines[i],
              kText, kFaintInk);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double left = kMargin + static_cast<double>(i % columns) * (cell_width + kCellGap);
    const std::size_t row = i / columns;
    double top = cells_top + static_cast<double>(row) * (cell_height + kCellGap);
    page.text(left, top, samples[i].caption, kCaption, kInk);
    top += line_height(kCaption) + 2;
    for (const ShownView& view : samples[i].views) {
      double panel_left = left;
      for (const Axis along : kAxes) {
        painter.paint_all(page, panel_left, top, view, along);
        painter.arrow(page, panel_left, top, view, along);
        panel_left += painter.size() + kGap;
      }
      if (i == 0 && &view == &samples[i].views.front()) painter.scale_bar(page, left, top, kText);
      top += painter.size() + kGap;
    }
  }
  for (std::size_t channel = 0; channel < legend.size(); ++channel) {
    const double entry_left = kMargin + legend[channel].x;
    const double entry_top = legend_top + legend[channel].y;
    page.rectangle(entry_left, entry_top + 2, kSwatch, kSwatch, painter.color(channel));
    page.text(entry_left + kSwatch + 5, entry_top, legend_name(kind.channel_names[channel]), kText,
              kInk);
  }
  page.save(path);
}

}  // namespace mmgym
