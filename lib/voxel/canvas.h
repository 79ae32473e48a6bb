#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace mmgym::kernels {

/// The image to draw to.
struct Canvas {
  float* image;
  std::size_t channel_stride;  ///< voxels per channel
  bool max;                    ///< aggregate by maximum, else by sum
  float* row;                  ///< buffer for a row of voxels, padded by kRowPadding

  static constexpr std::size_t kRowPadding = 8;
};

/// Aggregates `count` values along z into every channel of `channels`, starting at the offset
/// `place` in the channel.
inline void add_row(const Canvas& canvas, std::uint32_t channels, std::size_t place,
                    const float* values, std::size_t count) {
  for (; channels != 0; channels &= channels - 1) {
    float* voxels = canvas.image + place +
                    canvas.channel_stride * static_cast<unsigned>(std::countr_zero(channels));
    if (canvas.max)
      for (std::size_t i = 0; i < count; ++i) voxels[i] = std::max(voxels[i], values[i]);
    else
      for (std::size_t i = 0; i < count; ++i) voxels[i] += values[i];
  }
}

}  // namespace mmgym::kernels
