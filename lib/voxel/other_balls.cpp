#include "voxel/other_balls.h"

#include <algorithm>
#include <cmath>

#include "voxel/overlap.h"

namespace mmgym {
namespace {

// The voxels that a cube of half edge `reach_A` about the ball's center touches.
struct Box {
  int first[3], last[3];
  bool empty = false;
};

Box touched(const kernels::View& view, const kernels::Ball& ball, double reach_A) {
  Box box{};
  const double length = view.length_voxels;
  for (int axis = 0; axis < 3; ++axis) {
    const double from = ball.center_A[axis] + view.half_edge_A;
    box.first[axis] =
        static_cast<int>(std::clamp(std::floor((from - reach_A) / view.resolution_A), 0.0, length));
    box.last[axis] = static_cast<int>(
        std::clamp(std::floor((from + reach_A) / view.resolution_A), -1.0, length - 1));
    box.empty = box.empty || box.first[axis] > box.last[axis];
  }
  return box;
}

// Draws f(i, j, k) to the voxels of the box. Returns whether any of them is not 0.
template <typename F>
bool draw_box(const kernels::View& view, const Box& box, const kernels::Ball& ball,
              const kernels::Canvas& canvas, Footprint& footprint, const F& f) {
  if (box.empty) return false;
  const auto length = static_cast<std::size_t>(view.length_voxels);
  footprint = {0, ball.channels, {}};
  for (int axis = 0; axis < 3; ++axis) {
    footprint.first = footprint.first * static_cast<std::uint32_t>(length) +
                      static_cast<std::uint32_t>(box.first[axis]);
    footprint.length[axis] = static_cast<std::uint16_t>(box.last[axis] - box.first[axis] + 1);
  }
  bool any = false;
  for (int i = box.first[0]; i <= box.last[0]; ++i)
    for (int j = box.first[1]; j <= box.last[1]; ++j) {
      for (int k = box.first[2]; k <= box.last[2]; ++k) {
        const double value = f(i, j, k);
        any = any || value > 0;
        canvas.row[k - box.first[2]] = static_cast<float>(ball.scale * value);
      }
      const auto place =
          (static_cast<std::size_t>(i) * length + static_cast<std::size_t>(j)) * length +
          static_cast<std::size_t>(box.first[2]);
      add_row(canvas, ball.channels, place, canvas.row, footprint.length[2]);
    }
  return any;
}

}  // namespace

bool draw_point(const kernels::View& view, const kernels::Ball& ball, const kernels::Canvas& canvas,
                Footprint& footprint) {
  return draw_box(view, touched(view, ball, 0), ball, canvas, footprint,
                  [](int, int, int) { return 1.0; });
}

bool draw_large_ball(const kernels::View& view, const kernels::Ball& ball,
                     const kernels::Canvas& canvas, Footprint& footprint) {
  const Eigen::Vector3d center(ball.center_A[0], ball.center_A[1], ball.center_A[2]);
  return draw_box(
      view, touched(view, ball, ball.radius_A), ball, canvas, footprint, [&](int i, int j, int k) {
        const Eigen::Array3d lo = Eigen::Array3d(i, j, k) * view.resolution_A - view.half_edge_A;
        return ball_box_overlap_A3(center, ball.radius_A, lo, lo + view.resolution_A);
      });
}

}  // namespace mmgym
