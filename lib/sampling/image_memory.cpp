#include "sampling/image_memory.h"

#include <fmt/format.h>

#include "base/errors.h"

namespace mmgym {

std::uint64_t image_voxels(const SampleParameters& parameters, int channels) {
  const auto length = static_cast<std::uint64_t>(parameters.length_voxels);
  return static_cast<std::uint64_t>(parameters.views()) * static_cast<std::uint64_t>(channels) *
         length * length * length;
}

std::uint64_t image_bytes(const SampleParameters& parameters, int channels) {
  return image_voxels(parameters, channels) * sizeof(float);
}

void check_image_memory(const SampleParameters& parameters, int channels, std::uint64_t samples,
                        std::uint64_t available) {
  const std::uint64_t each = image_bytes(parameters, channels);
  if (each <= available / samples) return;
  throw UsageError(fmt::format(
      "--grid {} and the {} channel{} of --channels need {} bytes for the images of {}, more than "
      "the {} bytes of memory; choose a smaller --grid or fewer --channels{}",
      parameters.length_voxels, channels, channels == 1 ? "" : "s", each * samples,
      samples == 1 ? "a sample" : fmt::format("{} samples at a time", samples), available,
      samples == 1 ? "" : ", or fewer --threads"));
}

}  // namespace mmgym
