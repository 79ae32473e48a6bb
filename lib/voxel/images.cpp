#include "voxel/images.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/errors.h"

namespace mmgym {

void Images::reset(const ImageParams& kind, int count) {
  const bool same_shape = marks_.size() == static_cast<std::size_t>(count) &&
                          kind_.grid.length_voxels == kind.grid.length_voxels &&
                          kind_.channels == kind.channels;
  if (!same_shape) {
    marks_.clear();  // if the allocation fails, the next reset repeats it
    voxels_.assign(static_cast<std::size_t>(count) * kind.image_size(), 0.0F);
    marks_.resize(static_cast<std::size_t>(count));
  }
  kind_ = kind;
  for (int i = 0; i < count; ++i) {
    auto& [footprints, everywhere] = marks_[static_cast<std::size_t>(i)];
    if (everywhere)
      std::ranges::fill(image(i), 0.0F);
    else
      erase(kind_, image(i), footprints);
    footprints.clear();
    everywhere = false;
  }
}

std::span<float> Images::image(int i) {
  const std::size_t size = kind_.image_size();
  return std::span(voxels_).subspan(static_cast<std::size_t>(i) * size, size);
}

std::span<const float> Images::image(int i) const {
  const std::size_t size = kind_.image_size();
  return std::span(voxels_).subspan(static_cast<std::size_t>(i) * size, size);
}

std::vector<Footprint>& Images::footprints(int i) {
  return marks_[static_cast<std::size_t>(i)].footprints;
}

std::uint32_t Images::used_channels(int i) const {
  const auto& [footprints, everywhere] = marks_[static_cast<std::size_t>(i)];
  if (everywhere) return ~std::uint32_t{0};
  std::uint32_t channels = 0;
  for (const Footprint& footprint : footprints) channels |= footprint.channels;
  return channels;
}

void Images::set_erased() {
  for (auto& [footprints, everywhere] : marks_) {
    footprints.clear();
    everywhere = false;
  }
}

void Images::normalize(int i, std::span<const float> mean, std::span<const float> std) {
  check_normalization(kind_.channels, mean, std);
  marks_[static_cast<std::size_t>(i)].everywhere = true;
  const std::size_t stride = kind_.grid.voxels();
  for (std::size_t c = 0; c < mean.size(); ++c)
    for (float& voxel : image(i).subspan(c * stride, stride)) voxel = (voxel - mean[c]) / std[c];
}

void check_normalization(int channels, std::span<const float> mean, std::span<const float> std) {
  if (mean.size() != static_cast<std::size_t>(channels) || std.size() != mean.size())
    throw UsageError("normalization needs a mean and a standard deviation for each of " +
                     std::to_string(channels) + " channels");
  for (std::size_t c = 0; c < mean.size(); ++c)
    if (!std::isfinite(mean[c]) || !(std[c] > 0) || !std::isfinite(std[c]))
      throw UsageError("channel " + std::to_string(c + 1) + " cannot be normalized with mean " +
                       std::to_string(mean[c]) + " and standard deviation " +
                       std::to_string(std[c]));
}

}  // namespace mmgym
