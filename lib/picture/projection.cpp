#include "picture/projection.h"

#include <algorithm>
#include <stdexcept>

namespace mmgym {

Axis right_of(Axis along) { return along == Axis::x ? Axis::y : Axis::x; }

Axis up_of(Axis along) { return along == Axis::z ? Axis::y : Axis::z; }

Projection project(std::span<const float> channel, std::size_t length, Axis along,
                   std::size_t most) {
  if (channel.size() != length * length * length)
    throw std::invalid_argument("a channel is not a cube of this length");
  const std::size_t pool = (length + most - 1) / most;
  Projection projection;
  projection.edge = (length + pool - 1) / pool;
  projection.values.assign(projection.edge * projection.edge, 0);
  std::array<std::size_t, 3> place{};
  std::size_t voxel = 0;
  for (place[0] = 0; place[0] < length; ++place[0])
    for (place[1] = 0; place[1] < length; ++place[1])
      for (place[2] = 0; place[2] < length; ++place[2], ++voxel) {
        const std::size_t column = place[static_cast<std::size_t>(right_of(along))] / pool;
        const std::size_t row =
            projection.edge - 1 - place[static_cast<std::size_t>(up_of(along))] / pool;
        float& value = projection.values[row * projection.edge + column];
        value = std::max(value, channel[voxel]);
      }
  return projection;
}

}  // namespace mmgym
