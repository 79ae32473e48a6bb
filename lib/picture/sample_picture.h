#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mmgym {

/// One image of a sample.
struct ShownView {
  std::string name;                  // "home", "neighbor", "view"
  std::vector<float> image;          // channels, x, y, z; C order
  std::optional<std::size_t> atoms;  // number of atoms drawn
  /// The center of the other view in this view's frame, Å.
  std::optional<Eigen::Vector3d> other_center_A;
};

/// The images and texts of a sample in a picture.
struct ShownSample {
  std::uint64_t index = 0;
  std::string caption;               // short, for a montage
  std::string title;                 // which sample
  std::vector<std::string> details;  // further facts, one per line
  std::vector<ShownView> views;
};

/// What all images of a picture have in common.
struct ShownKind {
  std::vector<std::string> channel_names;
  std::size_t length_voxels = 0;
  double resolution_A = 0;
};

/// Draws a sample in full: for each view, maximum-intensity projections along x, y and z of all
/// channels together and of each nonempty channel. Throws like Page.
void draw_sample(const std::filesystem::path& path, const ShownKind& kind,
                 const ShownSample& sample);

/// Draws many samples, each as the projections of all channels together.
void draw_montage(const std::filesystem::path& path, const ShownKind& kind,
                  std::span<const ShownSample> samples);

}  // namespace mmgym
