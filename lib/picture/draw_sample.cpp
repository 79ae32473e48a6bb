#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "picture/panel.h"
#include "picture/sample_picture.h"

// Layout, from top to bottom: title and details; names of views and axes; a row of panels for all
// channels together and one for each nonempty channel; names of the empty channels, and an
// explanation. The left column names the rows.

namespace mmgym {
namespace {

/// Returns the sum over a channel. With the default fill, this is the sum of its atoms'
/// occupancies.
double sum_of(const ShownView& view, std::size_t channel, std::size_t voxels) {
  const auto* first = view.image.data() + channel * voxels;
  return std::accumulate(first, first + voxels, 0.0);
}

class SamplePage {
 public:
  SamplePage(const ShownKind& kind, const ShownSample& sample)
      : kind_(kind), sample_(sample), painter_(kind, kPanel, greatest_value({&sample, 1})) {
    const std::size_t voxels = kind.length_voxels * kind.length_voxels * kind.length_voxels;
    for (std::size_t channel = 0; channel < kind.channel_names.size(); ++channel) {
      std::string sums;
      bool any = false;
      for (const ShownView& view : sample.views) {
        const double sum = sum_of(view, channel, voxels);
        any = any || sum != 0;
        sums += fmt::format("{}{:.1f}", sums.empty() ? "sum " : " | ", sum);
      }
      if (any)
        rows_.push_back({channel, name_of(channel), sums});
      else
        empty_ += (empty_.empty() ? "" : "; ") + name_of(channel);
    }
  }

  void draw(const std::filesystem::path& path) {
    label_width_ = text_width("all channels", kHeading);
    for (const Row& row : rows_)
      label_width_ = std::max({label_width_, kSwatch + 6 + text_width(row.name, kHeading),
                               text_width(row.sums, kSmall)});
    const double view_width = 3 * painter_.size() + 2 * kGap;
    const auto views = static_cast<double>(sample_.views.size());
    double width = kMargin + label_width_ + 12 + views * view_width + (views - 1) * kViewGap;
    width = std::max(width, kMargin + text_width(sample_.title, kTitle));
    for (const auto& line : sample_.details)
      width = std::max(width, kMargin + std::min(text_width(line, kText), 2 * width));
    const std::vector<std::string> notes = wrap_notes(width - kMargin);

    double height = kMargin + line_height(kTitle) + 4;
    for (const auto& line : sample_.details)
      height += line_height(kText) * static_cast<double>(wrap(line, kText, width - kMargin).size());
    const double headings_top = height + 10;
    const double panels_top =
        headings_top + line_height(kHeading) + line_height(kText) + line_height(kSmall) + 4;
    const double notes_top =
        panels_top + static_cast<double>(rows_.size() + 1) * (painter_.size() + kGap) + 6;
    height = notes_top + static_cast<double>(notes.size()) * line_height(kSmall) + kMargin;

    Page page(width + kMargin, height);
    draw_title(page, width);
    for (std::size_t view = 0; view < sample_.views.size(); ++view)
      draw_view(page,
                kMargin + label_width_ + 12 + static_cast<double>(view) * (view_width + kViewGap),
                headings_top, panels_top, sample_.views[view]);
    draw_labels(page, panels_top);
    double y = notes_top;
    for (const auto& line : notes) {
      page.text(kMargin, y, line, kSmall, kFaintInk);
      y += line_height(kSmall);
    }
    page.save(path);
  }

 private:
  static constexpr double kMargin = 18;
  static constexpr double kGap = 6;       // between panels
  static constexpr double kViewGap = 26;  // between views
  static constexpr double kPanel = 150;
  static constexpr double kSwatch = 14;
  static constexpr Font kTitle{19, true};
  static constexpr Font kHeading{14, true};
  static constexpr Font kText{13, false};
  static constexpr Font kSmall{11, false};

  struct Row {
    std::size_t channel;
    std::string name;
    std::string sums;
  };

  std::string name_of(std::size_t channel) const {
    std::string name = kind_.channel_names[channel];
    if (name == "*") return "others";
    // The column is narrow, so long groups are shortened to their ends.
    const auto comma = name.find(',');
    if (name.size() > 10 && comma != std::string::npos)
      return name.substr(0, comma) + ".." + name.substr(name.rfind(',') + 1);
    return name;
  }

  std::vector<std::string> wrap_notes(double width) const {
    std::vector<std::string> notes;
    const auto add = [&](const std::string& text) {
      for (const auto& line : wrap(text, kSmall, width)) notes.push_back(line);
    };
    if (!empty_.empty()) add("Empty channels: " + empty_);
    add(fmt::format(
        "Each square is {0} × {0} voxels of {1:g} Å, {2:g} Å wide. Each voxel shows the "
        "greatest value along the line of sight; full color is {3:.3g}. With all "
        "channels together, the color is the color of the channel with this value.",
        kind_.length_voxels, kind_.resolution_A,
        static_cast<double>(kind_.length_voxels) * kind_.resolution_A,
        greatest_value({&sample_, 1})));
    if (!sample_.views.empty() && sample_.views.front().other_center_A)
      add("White arrows point to the neighbor. A ring with a dot: it is toward you. A ring with a "
          "cross: it is away from you.");
    return notes;
  }

  void draw_title(Page& page, double width) const {
    page.text(kMargin, kMargin, sample_.title, kTitle, kInk);
    double y = kMargin + line_height(kTitle) + 4;
    for (const auto& text : sample_.details)
      for (const auto& line : wrap(text, kText, width - kMargin)) {
        page.text(kMargin, y, line, kText, kInk);
        y += line_height(kText);
      }
  }

  void draw_view(Page& page, double left, double headings_top, double panels_top,
                 const ShownView& view) const {
    std::string heading = view.name;
    if (view.atoms) heading += fmt::format(": {} atoms", *view.atoms);
    page.text(left, headings_top, heading, kHeading, kInk);
    double x = left;
    for (const Axis along : kAxes) {
      const double y = headings_top + line_height(kHeading);
      page.text(x, y, axis_heading(along), kText, kInk);
      page.text(x, y + line_height(kText), axis_directions(along), kSmall, kFaintInk);
      painter_.paint_all(page, x, panels_top, view, along);
      painter_.arrow(page, x, panels_top, view, along);
      double row_top = panels_top + painter_.size() + kGap;
      for (const Row& row : rows_) {
        painter_.paint_one(page, x, row_top, view, row.channel, along);
        row_top += painter_.size() + kGap;
      }
      x += painter_.size() + kGap;
    }
    painter_.scale_bar(page, left, panels_top, kSmall);
  }

  void draw_labels(Page& page, double panels_top) const {
    page.text(kMargin, panels_top, "all channels", kHeading, kInk);
    double y = panels_top + painter_.size() + kGap;
    for (const Row& row : rows_) {
      page.rectangle(kMargin, y + 2, kSwatch, kSwatch, painter_.color(row.channel));
      page.text(kMargin + kSwatch + 6, y, row.name, kHeading, kInk);
      page.text(kMargin, y + line_height(kHeading) + 2, row.sums, kSmall, kFaintInk);
      y += painter_.size() + kGap;
    }
  }

  const ShownKind& kind_;
  const ShownSample& sample_;
  PanelPainter painter_;
  std::vector<Row> rows_;
  std::string empty_;
  double label_width_ = 0;
};

}  // namespace

void draw_sample(const std::filesystem::path& path, const ShownKind& kind,
                 const ShownSample& sample) {
  SamplePage(kind, sample).draw(path);
}

}  // namespace mmgym
