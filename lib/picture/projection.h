#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace mmgym {

/// The axis that a projection looks along.
enum class Axis { x, y, z };
inline constexpr std::array<Axis, 3> kAxes = {Axis::x, Axis::y, Axis::z};

/// Return the axes to the right and up in a projection: y and z along x, x and z along y, x and y
/// along z.
Axis right_of(Axis along);
Axis up_of(Axis along);

/// A square of numbers, row by row from the top.
struct Projection {
  std::size_t edge = 0;
  std::vector<float> values;
};

/// Returns the greatest values along an axis of a channel of `length`^3 voxels in C order
/// (x, y, z). If an edge would have more than `most` numbers, each number is the greatest of a
/// square of them. Throws std::invalid_argument if the channel has another size.
Projection project(std::span<const float> channel, std::size_t length, Axis along,
                   std::size_t most = 256);

}  // namespace mmgym
