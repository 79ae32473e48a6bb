#include "voxel/footprint.h"

#include <algorithm>
#include <bit>

namespace mmgym {
namespace {

// Estimates the cost of erasing footprints from every 16th of them, in units of one voxel of a
// plain fill. Each run along z costs about kRun more than its voxels.
std::size_t erasing_cost(std::span<const Footprint> footprints) {
  constexpr std::size_t kRun = 12, kEvery = 16;
  std::size_t cost = 0;
  for (std::size_t i = 0; i < footprints.size(); i += kEvery) {
    const Footprint& f = footprints[i];
    cost += static_cast<std::size_t>(std::popcount(f.channels)) * f.length[0] * f.length[1] *
            (kRun + f.length[2]);
  }
  return cost * kEvery;
}

}  // namespace

void erase(const ImageParams& kind, std::span<float> image, std::span<const Footprint> footprints) {
  if (erasing_cost(footprints) >= image.size()) {
    std::fill(image.begin(), image.end(), 0.0F);
    return;
  }
  const auto length = static_cast<std::size_t>(kind.grid.length_voxels);
  const std::size_t along_x = length * length;
  const std::size_t stride = kind.grid.voxels();
  for (const Footprint& f : footprints)
    for (std::uint32_t rest = f.channels; rest != 0; rest &= rest - 1) {
      float* first =
          image.data() + f.first + stride * static_cast<unsigned>(std::countr_zero(rest));
      if (f.length[0] == 2 && f.length[1] == 2 && f.length[2] == 2) {  // most footprints
        for (float* row : {first, first + length, first + along_x, first + along_x + length})
          row[0] = row[1] = 0;
        continue;
      }
      for (std::size_t i = 0; i < f.length[0]; ++i)
        for (std::size_t j = 0; j < f.length[1]; ++j)
          std::fill_n(first + i * along_x + j * length, f.length[2], 0.0F);
    }
}

}  // namespace mmgym
